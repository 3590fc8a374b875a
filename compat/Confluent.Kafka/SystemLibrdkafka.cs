using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;

namespace Detector.Compat;

/// <summary>
/// Points the native imports of Confluent.Kafka, and of the assembly this file is compiled into, at the operating system's librdkafka.
/// </summary>
/// <remarks>
/// Compiled into every assembly that uses Kafka under <c>Packages=system</c>. Confluent.Kafka 1.9.3 works on librdkafka 1.9 to 2.0;
/// it looks for <c>librdkafka</c> (shipped by librdkafka.redist) and <c>libdl</c> (a development link), which a plain system has only by their versioned names.
/// </remarks>
internal static class SystemLibrdkafka
{
    [ModuleInitializer]
    internal static void Register()
    {
        Redirect(typeof(SystemLibrdkafka).Assembly);
        Redirect(typeof(Confluent.Kafka.Message<,>).Assembly);
    }

    private static void Redirect(Assembly assembly)
    {
        try
        {
            NativeLibrary.SetDllImportResolver(assembly, Resolve);
        }
        catch (InvalidOperationException)
        {
            // An assembly has one resolver: another assembly of this process that carries this file has set the same one.
        }
    }

    private static nint Resolve(string name, Assembly assembly, DllImportSearchPath? searchPath) => name switch
    {
        "librdkafka" => NativeLibrary.Load("librdkafka.so.1"),
        "libdl" => NativeLibrary.Load("libdl.so.2"),
        _ => 0,
    };
}
