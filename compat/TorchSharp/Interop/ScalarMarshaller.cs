using System.Runtime.InteropServices.Marshalling;

namespace TorchSharp;

/// <summary>Passes a scalar by value.</summary>
[CustomMarshaller(typeof(Scalar), MarshalMode.ManagedToUnmanagedIn, typeof(ScalarMarshaller))]
internal static class ScalarMarshaller
{
    public static ScalarValue ConvertToUnmanaged(Scalar? managed) => managed?.Value ?? default;
}
