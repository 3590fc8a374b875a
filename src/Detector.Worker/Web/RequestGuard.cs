using System.Net;
using System.Security.Cryptography;
using System.Text;

namespace Detector.Worker.Web;

/// <summary>
/// Decides whether a request may be answered at all. Who reads the API or writes must show the token, when one is set. A write must not come from
/// another site's page: the browser says where it comes from (Sec-Fetch-Site, Origin), and only JSON is taken, which no form can send. The Host
/// header must be ours, or a page whose name resolves to this machine would pass for our own.
/// </summary>
internal sealed class RequestGuard(HttpOptions options)
{
    private const string Bearer = "Bearer ";
    private readonly byte[]? _token = options.Token is { } token ? SHA256.HashData(Encoding.UTF8.GetBytes(token)) : null;
    private readonly HashSet<string> _hosts =
        new([HttpOptionsCheck.Localhost, Environment.MachineName, .. options.Hosts], StringComparer.OrdinalIgnoreCase);
    private readonly bool _isLocal = options.Address == HttpOptionsCheck.Localhost
        || (IPAddress.TryParse(options.Address, out IPAddress? address) && IPAddress.IsLoopback(address));

    /// <summary>Whether the API asks for a token.</summary>
    public bool HasToken => _token is not null;

    /// <summary>Answers a request that must not go on; true when it has.</summary>
    public async Task<bool> RefusesAsync(HttpContext context)
    {
        (int Status, string Why)? refusal = Refusal(context.Request);
        if (refusal is not { } refused)
            return false;
        if (refused.Status == StatusCodes.Status401Unauthorized)
            context.Response.Headers.WWWAuthenticate = "Bearer realm=\"detector\"";
        await Answer.ProblemAsync(context, refused.Status, refused.Why).ConfigureAwait(false);
        return true;
    }

    private (int Status, string Why)? Refusal(HttpRequest request)
    {
        if (IsOpen(request))
            return null;
        if (!IsOurs(request.Host.Host))
            return (StatusCodes.Status421MisdirectedRequest, "This host name is not one of Http:Hosts.");
        bool writes = !(HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method));
        if (writes && !IsSameOrigin(request))
            return (StatusCodes.Status403Forbidden, "A write must not come from another site.");
        if ((writes || request.Path.StartsWithSegments(Endpoints.Api)) && !HasValidToken(request))
            return (StatusCodes.Status401Unauthorized, "The token of Http:Token is missing or wrong.");
        // Without a body it is no form's either, which always names its type: a reload, or the end of a maintenance.
        if (writes && !IsEmpty(request) && !(request.ContentType ?? "").Split(';')[0].Trim().Equals("application/json", StringComparison.OrdinalIgnoreCase))
            return (StatusCodes.Status415UnsupportedMediaType, "A write carries application/json.");
        return null;
    }

    /// <summary>What scrapers and probes read, under whatever name they know this machine.</summary>
    private static bool IsOpen(HttpRequest request) =>
        (HttpMethods.IsGet(request.Method) || HttpMethods.IsHead(request.Method))
        && (request.Path == Endpoints.Metrics || request.Path == Endpoints.Healthy || request.Path == Endpoints.Ready);

    private static bool IsEmpty(HttpRequest request) =>
        request.ContentType is null && request.ContentLength is null or 0 && request.Headers.TransferEncoding.Count == 0;

    private bool IsOurs(string host)
    {
        if (IPAddress.TryParse(host.Trim('[', ']'), out IPAddress? address))
            return !_isLocal || IPAddress.IsLoopback(address);
        // A name is safe where it is known, and where a page that guesses it would still lack the token.
        return _hosts.Contains(host) || (!_isLocal && HasToken);
    }

    /// <summary>Programs send neither header; browsers send both with every write.</summary>
    private static bool IsSameOrigin(HttpRequest request)
    {
        string? site = request.Headers["Sec-Fetch-Site"];
        if (site is not (null or "same-origin" or "none"))
            return false;
        string? origin = request.Headers.Origin;
        return origin is null || (Uri.TryCreate(origin, UriKind.Absolute, out Uri? from)
            && from.Authority.Equals(new UriBuilder(request.Scheme, request.Host.Host, request.Host.Port ?? -1).Uri.Authority, StringComparison.OrdinalIgnoreCase));
    }

    private bool HasValidToken(HttpRequest request)
    {
        if (_token is null)
            return true;
        string header = request.Headers.Authorization.ToString();
        // Compared by their hashes, in a time that does not tell how much of it was right.
        return header.StartsWith(Bearer, StringComparison.OrdinalIgnoreCase)
            && CryptographicOperations.FixedTimeEquals(SHA256.HashData(Encoding.UTF8.GetBytes(header[Bearer.Length..].Trim())), _token);
    }
}
