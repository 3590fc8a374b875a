using System.Runtime.InteropServices;

namespace Detector.Worker.Learning;

// Reviews that went by without a challenger: of these there is no decision, but scores that followed from it.
internal sealed partial class ModelLearner
{
    private const string PassedFile = "passed.bin";

    /// <summary>The newest of them are kept: no replay goes back further.</summary>
    private const int MostPassed = 1024;

    /// <summary>Whether a review has gone by without a challenger.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public bool HasPassed(string key, long reviewTicks) => Passed(key).Contains(reviewTicks);

    /// <summary>Writes down that a review goes by without a challenger; it is durable when this returns.</summary>
    /// <exception cref="IOException">The disk refused.</exception>
    public void Pass(string key, long reviewTicks)
    {
        if (store is not null)
            store.Keep(pipeline, key, PassedFile, MemoryMarshal.AsBytes<long>([.. Passed(key).TakeLast(MostPassed - 1), reviewTicks]));
    }

    private long[] Passed(string key) => store?.Kept(pipeline, key, PassedFile) is { } kept ? MemoryMarshal.Cast<byte, long>(kept).ToArray() : [];
}
