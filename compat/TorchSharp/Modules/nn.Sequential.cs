using TorchSharp.Modules;

namespace TorchSharp;

public static partial class torch
{
    public static partial class nn
    {
        public static Sequential Sequential() => new();

        public static Sequential Sequential(params (string name, Module<Tensor, Tensor> submodule)[] modules) =>
            Sequential((IEnumerable<(string, Module<Tensor, Tensor>)>)modules);

        public static Sequential Sequential(params Module<Tensor, Tensor>[] modules) =>
            Sequential((IEnumerable<Module<Tensor, Tensor>>)modules);

        public static Sequential Sequential(IEnumerable<(string name, Module<Tensor, Tensor> submodule)> modules)
        {
            var sequential = new Sequential();
            foreach (var (name, module) in modules) sequential.append(name, module);
            return sequential;
        }

        public static Sequential Sequential(IEnumerable<Module<Tensor, Tensor>> modules)
        {
            var sequential = new Sequential();
            foreach (var module in modules) sequential.append(module);
            return sequential;
        }
    }
}
