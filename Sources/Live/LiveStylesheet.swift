/// How what the server adds to pages looks.
let liveStylesheet = """
    @media print { .live { display: none; } }
    """
