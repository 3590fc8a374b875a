using FsCheck;
using FsCheck.Fluent;
using Microsoft.FSharp.Core;

namespace Detector.Worker.Tests.Windowing;

/// <summary>Checks a property on generated input, the same input at every run.</summary>
internal static class Properties
{
    public static void Hold<T>(Gen<T> inputs, Action<T> property, int tests = 300, ulong seed = 20_261_121) =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(tests).WithQuietOnSuccess(true).WithReplay(
                FSharpOption<Replay>.Some(new Replay(new Rnd(seed, 9_876_543_211), FSharpOption<int>.None))),
            Prop.ForAll(inputs.ToArbitrary(), property));
}
