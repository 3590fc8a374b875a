using System.CommandLine;
using System.Globalization;
using Detector.Models.Artifacts;
using Detector.Models.Training;

namespace Detector.Worker.Cli.Model;

/// <summary><c>detector model diff</c>: what tells two versions of a model apart.</summary>
internal static class ModelDiffCommand
{
    public static Command Create()
    {
        var state = new StateArguments();
        var left = new Argument<string>("VERSION") { Description = "one version, as in detector model list" };
        var right = new Argument<string>("OTHER") { Description = "the other version" };
        var command = new CommandWithExamples(
            "diff", "Says what tells two versions of a model apart: what they were learned from, their networks, thresholds, and what was decided about the second.",
            "detector model diff 20261114T091500-0000000Z 20261121T144110-6851144Z --state ./state --series pump-3") { left, right };
        state.AddTo(command);
        command.SetAction(arguments => ModelErrors.Guard(arguments, () =>
        {
            StoredModel model = state.Single(arguments);
            ArtifactStore store = state.Store(arguments);
            ArtifactManifest before = Read(store, model, arguments.GetValue(left)!), after = Read(store, model, arguments.GetValue(right)!);
            TextWriter output = arguments.InvocationConfiguration.Output;
            foreach ((string name, string one, string other) in Lines(before, after))
                output.WriteLine(one == other ? $"  {name}: {one}" : $"* {name}: {one} → {other}");
            foreach (ModelDecision decision in store.Decisions(model.Pipeline, model.Series).Where(decision => decision.Challenger == after.Version))
                output.WriteLine($"  decided {decision.At:yyyy-MM-dd HH:mm:ss} ({decision.Trigger}): {decision.Outcome}, {decision.Reason}");
            return ExitCodes.Ok;
        }));
        return command;
    }

    private static ArtifactManifest Read(ArtifactStore store, StoredModel model, string version) =>
        store.TryLoad(model.Pipeline, model.Series, version, out Artifact? artifact, out string? refusal)
            ? artifact.Manifest
            : throw new ModelNotFoundException(refusal);

    private static IEnumerable<(string Name, string Left, string Right)> Lines(ArtifactManifest left, ArtifactManifest right)
    {
        (string, Func<ArtifactManifest, string>)[] facts =
        [
            ("version", manifest => manifest.Version),
            ("learned from", manifest => manifest.Training is { } range ? string.Create(CultureInfo.InvariantCulture, $"{range.From:yyyy-MM-dd HH:mm} to {range.To:yyyy-MM-dd HH:mm}, {range.Rows} rows") : "not kept"),
            ("features", manifest => string.Join(", ", manifest.Features.Select(AlertText.Safe))),
            ("networks", manifest => string.Join(", ", ModelArtifact.Networks(manifest))),
            ("window", manifest => $"{manifest.Window.LengthRows} rows every {TimeSpan.FromTicks(manifest.Window.PeriodTicks)}"),
            ("threshold", manifest => manifest.Threshold is { } threshold ? string.Create(CultureInfo.InvariantCulture, $"{threshold.Method} {threshold.Value:G4}") : "none"),
        ];
        return facts.Select(fact => (fact.Item1, fact.Item2(left), fact.Item2(right)));
    }
}
