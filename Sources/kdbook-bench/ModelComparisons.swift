/// What `script/bench models` compares.
let modelComparisons = [
    Comparison(
        work: "convolutional step, 28×28-32c5-p2-64c5-p2-512-10, batch 128",
        ours: ["convolution", "large", "--samples", "1280"], peer: ["convolution", "large", "1280"], peerName: "torch",
        reach: 0.8, reachEarlier: 1),
    Comparison(
        work: "convolutional step, LeNet-5, batch 128", ours: ["convolution", "lenet", "--samples", "6400"],
        peer: ["convolution", "lenet", "6400"], peerName: "torch", reach: 0.8, reachEarlier: 1),
    Comparison(
        work: "epoch of a chain tagger, 2400 features, 20 labels, a step a sentence",
        ours: ["chain-tagger", "--samples", "1000"], peer: ["chain-tagger", "1000", "1"], peerName: "torch", reach: 2,
        reachEarlier: 1),
    Comparison(
        work: "the same, torch with a step for 16 sentences", ours: ["chain-tagger", "--samples", "1000"],
        peer: ["chain-tagger", "1000", "16"], peerName: "torch", reach: 2, reachEarlier: 1),
    Comparison(
        work: "epoch of a GRU tagger, 2400 features, 64 units, 20 labels",
        ours: ["recurrent-tagger", "--samples", "2000"],
        peer: ["recurrent-tagger", "2000"], peerName: "torch", reach: 2, reachEarlier: 1),
    Comparison(
        work: "epoch of hashed n-grams, 4096-64-4, batch 32", ours: ["hashed-texts", "--samples", "6400"],
        peer: ["hashed-texts", "6400"], peerName: "torch", reach: 5, reachEarlier: 1),
    Comparison(
        work: "cepstra of 3,000 spoken digits", ours: ["cepstra", "--samples", "3000"], peer: ["cepstra", "3000"],
        peerName: "python_speech_features", reach: 3, reachEarlier: 1),
]
