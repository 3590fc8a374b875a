using Detector.Worker.Contracts;

namespace Detector.Worker.Tests.Architecture;

/// <summary>Refers to others in every way that the architecture rules must see.</summary>
internal static class Probe
{
    public static string Call(DropReason reason) => Enumerable.Range(0, 1).Select(_ => reason.Label()).First();

    public static int Generic() => new List<Severity>().Count;

    public static void Local()
    {
        Receipt receipt = Receipt.None;
        receipt.Release();
    }
}
