namespace TorchSharp;

public static partial class torch
{
    public static IDisposable no_grad() => new GradMode(false);

    public static IDisposable enable_grad(bool enabled = true) => new GradMode(enabled);

    public static IDisposable set_grad_enabled(bool mode = true) => new GradMode(mode);

    public static bool is_grad_enabled() => Native.ts_grad_enabled();

    /// <summary>Faster than no_grad: tensors made inside can never take part in differentiation.</summary>
    public static IDisposable inference_mode(bool mode = true) => new InferenceMode(mode);

    public static bool is_inference_mode_enabled() => Native.ts_inference_enabled();

    private sealed class GradMode : IDisposable
    {
        private readonly bool _before = Native.ts_grad_enabled();

        internal GradMode(bool enabled) => Native.ts_set_grad_enabled(enabled);

        public void Dispose() => Native.ts_set_grad_enabled(_before);
    }

    private sealed class InferenceMode(bool enabled) : IDisposable
    {
        private nint _guard = Native.ts_inference_enter(enabled);

        public void Dispose()
        {
            var guard = _guard;
            _guard = 0;
            if (guard != 0) Native.ts_inference_leave(guard);
        }
    }
}
