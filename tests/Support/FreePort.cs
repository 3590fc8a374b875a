using System.Net;
using System.Net.Sockets;

namespace Detector.Tests.Support;

/// <summary>Finds TCP ports of the loopback address that nobody listens on.</summary>
internal static class FreePort
{
    /// <summary>A port that is free now. Another process may take it before the caller does: let a server choose its own where it can.</summary>
    public static int Next()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
