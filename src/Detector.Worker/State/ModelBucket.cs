using System.Collections.Concurrent;
using System.Net;
using Amazon;
using Amazon.Runtime;
using Amazon.S3;
using Amazon.S3.Model;
using Detector.Models.Artifacts;
using Detector.Worker.Contracts;

namespace Detector.Worker.State;

/// <summary>
/// Models in an S3-compatible bucket, as <c>prefix pipeline/key/version/file</c>. The hash of the manifest is put last and removed first: a version
/// without it is not there. What is fetched must verify before it is taken into the store on this machine, which serves when the bucket does not answer;
/// what could not be put is tried again every half minute.
/// </summary>
internal sealed class ModelBucket : IModelRemote, IDisposable
{
    private static readonly TimeSpan s_again = TimeSpan.FromSeconds(30);

    /// <summary>A list of the bucket is good for this long: a partition that comes with its series asks for all of them in a row.</summary>
    private static readonly TimeSpan s_listFor = TimeSpan.FromSeconds(5);

    private readonly ModelBucketOptions _options;
    private readonly ArtifactStore _store;
    private readonly ILogger _log;
    private readonly TimeProvider _clock;
    private readonly AmazonS3Client _client;
    private readonly ConcurrentDictionary<(string Pipeline, string Key), int> _pending = [];
    private readonly Dictionary<string, (long At, HashSet<string> Versions)> _lists = new(StringComparer.Ordinal);
    private readonly Lock _lock = new();
    private readonly ITimer _retry;

    /// <param name="store">The store on this machine.</param>
    public ModelBucket(ModelBucketOptions options, ArtifactStore store, ILogger log, TimeProvider clock)
    {
        _options = options;
        _store = store;
        _log = log;
        _clock = clock;
        var config = new AmazonS3Config
        {
            Timeout = TimeSpan.FromSeconds(20),
            // Stores that are not Amazon's do not know the newer checksums.
            RequestChecksumCalculation = RequestChecksumCalculation.WHEN_REQUIRED,
            ResponseChecksumValidation = ResponseChecksumValidation.WHEN_REQUIRED,
        };
        if (options.Endpoint is null)
            config.RegionEndpoint = RegionEndpoint.GetBySystemName(options.Region);
        else
            (config.ServiceURL, config.AuthenticationRegion, config.ForcePathStyle) = (options.Endpoint, options.Region, true);
        _client = options.AccessKey is null ? new AmazonS3Client(config) : new AmazonS3Client(new BasicAWSCredentials(options.AccessKey, options.SecretKey), config);
        _retry = clock.CreateTimer(_ => PutPending(), null, s_again, s_again);
    }

    public void Fetch(string pipeline, string key) => Attempt("fetched from", pipeline, key, () =>
    {
        HashSet<string> here = [.. _store.Versions(pipeline, key)];
        foreach (string version in Versions(pipeline, key, fresh: false).Where(version => !here.Contains(version) && !_store.IsWithdrawn(pipeline, key, version)))
        {
            string folder = Folder(pipeline, key) + version + "/";
            _store.Import(pipeline, key, version, Names(folder).ToDictionary(name => name[folder.Length..], Get, StringComparer.Ordinal));
            _log.ModelFetched(version, key, pipeline, _options.Name!);
        }
    });

    public void Keep(string pipeline, string key, int keep)
    {
        _pending[(pipeline, key)] = keep;
        if (TryPut(pipeline, key, keep))
            _pending.TryRemove((pipeline, key), out _);
    }

    public void Dispose()
    {
        _retry.Dispose();
        _client.Dispose();
    }

    private void PutPending()
    {
        foreach (((string pipeline, string key), int keep) in _pending)
        {
            if (!TryPut(pipeline, key, keep))
                return;
            _pending.TryRemove((pipeline, key), out _);
        }
    }

    private bool TryPut(string pipeline, string key, int keep) => Attempt("kept in", pipeline, key, () =>
    {
        SortedSet<string> there = new(Versions(pipeline, key, fresh: true), StringComparer.Ordinal);
        foreach (string version in _store.Versions(pipeline, key).Where(version => !there.Contains(version)))
        {
            foreach (string file in Directory.GetFiles(_store.DirectoryOf(pipeline, key, version)).OrderBy(file => Path.GetFileName(file) == ArtifactStore.LastFile))
            {
                Do(_client.PutObjectAsync(new PutObjectRequest
                {
                    BucketName = _options.Name, Key = Folder(pipeline, key) + version + "/" + Path.GetFileName(file), FilePath = file,
                    UseChunkEncoding = false, // which not every store undoes
                }));
            }

            there.Add(version);
        }

        foreach (string version in there.Reverse().Skip(keep))
        {
            string folder = Folder(pipeline, key) + version + "/";
            foreach (string name in Names(folder).OrderByDescending(name => name == folder + ArtifactStore.LastFile))
                Do(_client.DeleteObjectAsync(_options.Name, name));
        }

        lock (_lock)
            _lists.Clear();
    });

    /// <summary>The versions of a model that are there as a whole.</summary>
    private IEnumerable<string> Versions(string pipeline, string key, bool fresh)
    {
        string folder = Folder(pipeline, key);
        HashSet<string> whole = fresh ? Whole(folder) : Listed(_options.Prefix + Part(pipeline) + "/");
        return whole.Where(path => path.StartsWith(folder, StringComparison.Ordinal)).Select(path => path[folder.Length..]).Where(ArtifactVersion.IsValid);
    }

    private HashSet<string> Listed(string prefix)
    {
        lock (_lock)
        {
            if (_lists.TryGetValue(prefix, out (long At, HashSet<string> Versions) known) && _clock.GetElapsedTime(known.At) < s_listFor)
                return known.Versions;
        }

        HashSet<string> versions = Whole(prefix);
        lock (_lock)
            _lists[prefix] = (_clock.GetTimestamp(), versions);
        return versions;
    }

    private HashSet<string> Whole(string prefix)
    {
        const string End = "/" + ArtifactStore.LastFile;
        return [.. Names(prefix).Where(name => name.EndsWith(End, StringComparison.Ordinal)).Select(name => name[..^End.Length])];
    }

    private IEnumerable<string> Names(string prefix)
    {
        var request = new ListObjectsV2Request { BucketName = _options.Name, Prefix = prefix };
        do
        {
            ListObjectsV2Response page = Do(_client.ListObjectsV2Async(request));
            foreach (S3Object found in page.S3Objects ?? [])
                yield return found.Key;
            request.ContinuationToken = page.IsTruncated == true ? page.NextContinuationToken : null;
        }
        while (request.ContinuationToken is not null);
    }

    private byte[] Get(string name)
    {
        using GetObjectResponse response = Do(_client.GetObjectAsync(_options.Name, name));
        using var content = new MemoryStream();
        response.ResponseStream.CopyTo(content);
        return content.ToArray();
    }

    private string Folder(string pipeline, string key) => $"{_options.Prefix}{Part(pipeline)}/{Part(key)}/";

    /// <summary>A percent sign in the name of an object is taken for an escape by some servers.</summary>
    private static string Part(string name) => SafeName.Of(name).Replace('%', '!');

    private bool Attempt(string what, string pipeline, string key, Action action)
    {
        try
        {
            action();
            return true;
        }
        catch (Exception error) when (error is AmazonServiceException or AmazonClientException or HttpRequestException or WebException or IOException or InvalidDataException
            or OperationCanceledException or UnauthorizedAccessException)
        {
            _log.ModelBucketFailed(key, pipeline, what, _options.Name!, error.Message);
            return false;
        }
    }

    /// <summary>The client knows no calls that wait; who asks for a model has nothing else to do.</summary>
    private static T Do<T>(Task<T> call) => call.GetAwaiter().GetResult();
}
