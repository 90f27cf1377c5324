import Foundation

/// Measures one kind of work and prints one line of JSON for each figure.
///
///     kdbook-bench products
///     kdbook-bench training 1200,1200 [hard|soft] --batch 128 --samples 12800
///     kdbook-bench logits 1200,1200 --samples 10000
///     kdbook-bench article FOLDER
///     kdbook-bench convolution large|lenet|small --samples 1280
///     kdbook-bench hashed-texts|chain-tagger|recurrent-tagger|cepstra --samples N
///     kdbook-bench pool
///     kdbook-bench counted PIECE
///     kdbook-bench data FROM TO
///     kdbook-bench frames FILE
///     kdbook-bench frames-data FILE [--megabytes 100]
///     kdbook-bench suite FOLDER|models [--runs 5] [--json FILE] [--python PYTHON --peers SCRIPT] [--earlier PROGRAM --commit NAME]
do {
    let arguments = try Arguments(CommandLine.arguments.dropFirst())
    switch arguments.command {
    case "products": try measureProducts()
    case "training": try measureTraining(arguments)
    case "logits": try measureLogits(arguments)
    case "article": try measureArticle(arguments)
    #if canImport(Sequences) && canImport(Frames)  // The folder Later; an earlier commit has nothing of it.
        case "convolution": try measureConvolution(arguments)
        case "hashed-texts": try measureHashedTexts(arguments)
        case "chain-tagger": try measureChainTagger(arguments)
        case "recurrent-tagger": try measureRecurrentTagger(arguments)
        case "cepstra": try measureCepstra(arguments)
        case "frames": try measureFrames(arguments)
        case "frames-data": try writeFrameData(arguments)
    #endif
    case "pool": try measurePool()
    case "counted": try countWork(arguments)
    case "data": try writeData(arguments)
    case "suite": try measureSuite(arguments)
    default: throw UsageError("there is no work named \(arguments.command)")
    }
} catch {
    FileHandle.standardError.write(Data("kdbook-bench: error: \(error)\n".utf8))
    exit(error is UsageError ? 2 : 1)
}
