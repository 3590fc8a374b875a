using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

public static partial class torch
{
    /// <summary>A random number generator of its own, so that draws do not depend on what else draws.</summary>
    [NativeMarshalling(typeof(GeneratorMarshaller))]
    public class Generator : IDisposable
    {
        public Generator(ulong seed = 0, Device? device = null)
        {
            this.device = device ?? CPU;
            Handle = Native.ts_generator_new(unchecked((long)seed), (int)this.device.type, this.device.index);
            if (Handle == 0) throw Native.LastFailure();
        }

        private Generator(nint handle)
        {
            Handle = handle;
            device = CPU;
        }

        ~Generator() => Dispose(false);

        /// <summary>The generator that is used where none is given.</summary>
        public static Generator Default => new(Native.ts_generator_default());

        public IntPtr Handle { get; private set; }

        public Device device { get; }

        public Generator manual_seed(long seed)
        {
            Native.ts_generator_seed(Handle, seed);
            GC.KeepAlive(this);
            return this;
        }

        public long initial_seed()
        {
            var seed = Native.ts_generator_initial_seed(Handle);
            GC.KeepAlive(this);
            return seed;
        }

        public Tensor get_state()
        {
            var state = Native.ts_generator_get_state(Handle);
            GC.KeepAlive(this);
            return state;
        }

        public void set_state(Tensor value)
        {
            Native.ts_generator_set_state(Handle, value);
            GC.KeepAlive(this);
        }

        public void Dispose()
        {
            Dispose(true);
            GC.SuppressFinalize(this);
        }

        protected virtual void Dispose(bool disposing)
        {
            var released = Handle;
            Handle = 0;
            if (released != 0) Native.ts_generator_free(released);
        }
    }
}
