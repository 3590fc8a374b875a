namespace Detector.Worker.Tests.Decoding.Logs;

internal sealed record LoggedSample(string Series, DateTime Time, IReadOnlyDictionary<string, double> Values, bool HeldWhenTaken)
{
    public double this[string feature] => Values[feature];
}
