using System.Runtime.InteropServices.Marshalling;
using static TorchSharp.torch;

namespace TorchSharp;

/// <summary>Passes a generator as its handle; null = libtorch's default generator.</summary>
[CustomMarshaller(typeof(Generator), MarshalMode.ManagedToUnmanagedIn, typeof(Argument))]
internal static class GeneratorMarshaller
{
    internal ref struct Argument
    {
        private Generator? _generator;

        public void FromManaged(Generator? managed) => _generator = managed;

        public readonly nint ToUnmanaged() => _generator?.Handle ?? 0;

        public readonly void Free() => GC.KeepAlive(_generator);
    }
}
