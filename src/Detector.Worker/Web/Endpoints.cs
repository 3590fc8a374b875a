using Detector.Worker.Web.Api;
using Prometheus;

namespace Detector.Worker.Web;

/// <summary>What is served under which path.</summary>
internal static class Endpoints
{
    public const string Metrics = "/metrics";
    public const string Healthy = "/-/healthy";
    public const string Ready = "/-/ready";
    public const string Api = "/api";

    /// <summary>Nothing but our own files, no inline script or style, no frame around us.</summary>
    private const string ContentSecurityPolicy =
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication application, HttpServices services, RequestGuard guard)
    {
        application.Use(async (context, next) =>
        {
            IHeaderDictionary headers = context.Response.Headers;
            headers.XContentTypeOptions = "nosniff";
            headers.CacheControl = "no-store";
            headers.ContentSecurityPolicy = ContentSecurityPolicy;
            headers.XFrameOptions = "DENY";
            headers["Referrer-Policy"] = "no-referrer";
            headers["Cross-Origin-Resource-Policy"] = "same-origin";
            headers["Cross-Origin-Opener-Policy"] = "same-origin";
            if (!await guard.RefusesAsync(context).ConfigureAwait(false))
                await next(context).ConfigureAwait(false);
        });
        application.UseRouting();
        application.MapMetrics(Metrics, services.Metrics.Registry);
        if (services.Reload is { } reload)
            ReloadEndpoint.Map(application, reload);
        application.MapMethods(Healthy, s_reading, context => Answer.TextAsync(context, StatusCodes.Status200OK, "healthy\n"));
        IReadiness readiness = services.Readiness;
        if (services.Page is { } page)
        {
            new PageFiles().Map(application);
            new SeriesApi(page, readiness).Map(application);
            new AlertsApi(page).Map(application);
            new ModelsApi(page).Map(application);
            new EventsApi(page, readiness).Map(application);
        }

        application.MapMethods(Ready, s_reading, context => readiness.IsReady
            ? Answer.TextAsync(context, StatusCodes.Status200OK, "ready\n")
            : Answer.TextAsync(context, StatusCodes.Status503ServiceUnavailable, $"not ready\n{string.Concat(readiness.Missing.Select(missing => $"{missing}\n"))}"));
    }
}
