using Detector.Worker.Telemetry;
using Prometheus;

namespace Detector.Worker.Web;

/// <summary>What is served under which path.</summary>
internal static class Endpoints
{
    public const string Metrics = "/metrics";
    public const string Healthy = "/-/healthy";
    public const string Ready = "/-/ready";

    private static readonly string[] s_reading = [HttpMethods.Get, HttpMethods.Head];

    public static void Map(WebApplication application, DetectorMetrics metrics, IReadiness readiness)
    {
        application.Use((context, next) =>
        {
            context.Response.Headers.XContentTypeOptions = "nosniff";
            context.Response.Headers.CacheControl = "no-store";
            return next(context);
        });
        application.UseRouting();
        application.MapMetrics(Metrics, metrics.Registry);
        application.MapMethods(Healthy, s_reading, context => Text(context, StatusCodes.Status200OK, "healthy\n"));
        application.MapMethods(Ready, s_reading, context => readiness.IsReady
            ? Text(context, StatusCodes.Status200OK, "ready\n")
            : Text(context, StatusCodes.Status503ServiceUnavailable, $"not ready\n{string.Concat(readiness.Missing.Select(missing => $"{missing}\n"))}"));
    }

    private static Task Text(HttpContext context, int status, string text)
    {
        context.Response.StatusCode = status;
        context.Response.ContentType = "text/plain; charset=utf-8";
        return HttpMethods.IsHead(context.Request.Method) ? Task.CompletedTask : context.Response.WriteAsync(text, context.RequestAborted);
    }
}
