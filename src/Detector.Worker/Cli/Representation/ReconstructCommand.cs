using System.CommandLine;

namespace Detector.Worker.Cli.Representation;

/// <summary><c>detector reconstruct</c>: a recording without its noise and its gaps.</summary>
internal static class ReconstructCommand
{
    public static Command Create()
    {
        var model = new RepresentationArguments();
        var network = new Option<string?>("--network") { Description = "network that reconstructs (default: the mean of all)", HelpName = "NAME" };
        var command = new CommandWithExamples(
            "reconstruct",
            "Writes a recording as a trained model reconstructs it, in the units of its features: denoised, gaps filled. Each row is the mean of its reconstructions in every window that holds it.",
            "detector reconstruct --state ./state --series pump-3 --input pump-3.csv --out denoised.csv",
            "detector reconstruct --model ./artifact --network denoising --input pump-3.csv > denoised.csv") { model.Input, network };
        model.AddTo(command);
        command.SetAction(arguments => model.Run(arguments, (manifest, trained) =>
        {
            var reconstruction = new Reconstruction(trained, NetworkChoice.All(trained, arguments.GetValue(network)));
            model.Read(arguments, manifest, trained, reconstruction.Take);
            return reconstruction.Finish().Select(sample => CsvText.Line([CsvText.Time(sample.Ticks), .. sample.Row.Select(CsvText.Number)]))
                .Prepend(CsvText.Line(["timestamp", .. trained.Features.Select(CsvText.Name)]));
        }));
        return command;
    }
}
