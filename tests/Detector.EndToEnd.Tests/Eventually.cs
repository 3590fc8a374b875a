using System.Diagnostics;
using System.Globalization;

namespace Detector.EndToEnd.Tests;

/// <summary>Waits for what another process does.</summary>
internal static class Eventually
{
    /// <summary>Far longer than anything takes, also where training, which has low priority, waits for others; a test that passes never waits for it.</summary>
    private static readonly TimeSpan s_timeout = TimeSpan.FromMinutes(3);

    private static readonly TimeSpan s_look = TimeSpan.FromMilliseconds(25);

    /// <summary>Returns once the condition holds; fails the test when it does not in time.</summary>
    /// <param name="condition">Looked at again and again.</param>
    /// <param name="failure">What is wrong while it does not hold; asked at the end only.</param>
    /// <param name="hopeless">Whether waiting on is of no use, as when the process has ended.</param>
    public static async Task HoldsAsync(Func<Task<bool>> condition, Func<string> failure, Func<bool>? hopeless = null, TimeSpan? timeout = null)
    {
        TimeSpan limit = timeout ?? s_timeout;
        long started = Stopwatch.GetTimestamp();
        while (true)
        {
            bool last = Stopwatch.GetElapsedTime(started) > limit || hopeless?.Invoke() == true;
            if (await condition())
                return;
            if (last)
                Assert.Fail(string.Create(CultureInfo.InvariantCulture, $"Not within {Stopwatch.GetElapsedTime(started).TotalSeconds:F0} s: {failure()}"));
            await Task.Delay(s_look, TestContext.Current.CancellationToken);
        }
    }

    public static Task HoldsAsync(Func<bool> condition, Func<string> failure, Func<bool>? hopeless = null, TimeSpan? timeout = null) =>
        HoldsAsync(() => Task.FromResult(condition()), failure, hopeless, timeout);
}
