using System.Collections;
using System.Diagnostics.CodeAnalysis;
using static TorchSharp.torch;

namespace TorchSharp.Modules
{
    /// <summary>Modules under keys, in the order of insertion, registered under them once the dictionary itself is registered.</summary>
    public class ModuleDict<T> : nn.Module, IEnumerable<(string, T)> where T : nn.Module
    {
        private readonly OrderedDictionary<string, T> _modules = [];
        private bool _registered;

        public ModuleDict() : base(nameof(ModuleDict<T>))
        {
        }

        public int Count => _modules.Count;

        public ICollection<string> Keys => _modules.Keys;

        public ICollection<T> Values => _modules.Values;

        public T this[string key]
        {
            get => _modules[key];
            set => _modules[key] = value;
        }

        public void Add(string key, T value) => _modules.Add(key, value);

        public void Add((string, T) item) => _modules.Add(item.Item1, item.Item2);

        public bool ContainsKey(string key) => _modules.ContainsKey(key);

        public bool TryGetValue(string key, [MaybeNullWhen(false)] out T value) => _modules.TryGetValue(key, out value);

        public bool Remove(string key) => _modules.Remove(key);

        public void Clear() => _modules.Clear();

        public IEnumerable<string> keys() => _modules.Keys;

        public IEnumerable<T> values() => _modules.Values;

        public IEnumerator<(string, T)> GetEnumerator()
        {
            foreach (var (key, module) in _modules) yield return (key, module);
        }

        IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

        protected override void RegisterComponents()
        {
            if (_registered) return;
            foreach (var (key, module) in _modules) register_module(key, module);
            _registered = true;
        }
    }
}

namespace TorchSharp
{
    public static partial class torch
    {
        public static partial class nn
        {
            public static Modules.ModuleDict<Module> ModuleDict(params (string, Module)[] modules) => ModuleDict<Module>(modules);

            public static Modules.ModuleDict<T> ModuleDict<T>(params (string, T)[] modules) where T : Module
            {
                var dictionary = new Modules.ModuleDict<T>();
                foreach (var module in modules) dictionary.Add(module);
                return dictionary;
            }
        }
    }
}
