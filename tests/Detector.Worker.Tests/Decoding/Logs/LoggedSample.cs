namespace Detector.Worker.Tests.Decoding.Logs;

internal sealed record LoggedSample(string Series, DateTime Time, IReadOnlyDictionary<string, double> Values)
{
    public double this[string feature] => Values[feature];
}
