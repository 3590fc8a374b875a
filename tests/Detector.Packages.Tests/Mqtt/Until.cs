using System.Diagnostics;

namespace Detector.Packages.Tests.Mqtt;

/// <summary>Waits for what happens elsewhere.</summary>
internal static class Until
{
    private static readonly TimeSpan s_timeout = TimeSpan.FromSeconds(60);

    public static async Task TrueAsync(Func<bool> condition, Func<string> failure)
    {
        long started = Stopwatch.GetTimestamp();
        while (!condition())
        {
            Assert.True(Stopwatch.GetElapsedTime(started) < s_timeout, failure());
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
    }
}
