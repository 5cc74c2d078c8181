// The functions of ONNX Runtime that are called here, by their places in its documented table OrtApi
// (onnxruntime_c_api.h, API 21; the table only grows at its end). The library is loaded when a model asks for
// it: nothing else of this program needs it.
#pragma once
#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>

#include "core/base/status.h"

namespace rw::score::ort {

// Objects of the library, which has their content.
struct Env;
struct Status;
struct MemoryInfo;
struct Session;
struct Value;
struct TypeInfo;
struct TensorInfo;
struct SessionOptions;
struct Allocator;

/// ONNXTensorElementDataType.
enum ElementType : int { kFloat = 1, kInt32 = 6, kInt64 = 7, kString = 8, kBool = 9, kDouble = 11 };

/// One loaded library, with an environment; stays loaded as long as the program runs. Any thread.
class Api {
 public:
    /// `path`: of the library; empty: $RILLWRIGHT_ONNXRUNTIME, else where the loader finds it.
    static Result<std::shared_ptr<const Api>> load(const std::string& path);

    /// An error of the library as ours.
    rw::Status check(Status* status) const;

    const char* (*errorMessage)(const Status*) = nullptr;
    Status* (*createEnv)(int level, const char* name, Env**) = nullptr;
    Status* (*createSession)(const Env*, const void* model, std::size_t size, const SessionOptions*,
                             Session**) = nullptr;
    Status* (*run)(Session*, const void* options, const char* const* inputs, const Value* const* values,
                   std::size_t count, const char* const* outputs, std::size_t outputCount, Value**) = nullptr;
    Status* (*createOptions)(SessionOptions**) = nullptr;
    Status* (*setExecutionMode)(SessionOptions*, int mode) = nullptr;
    Status* (*setIntraThreads)(SessionOptions*, int) = nullptr;
    Status* (*setInterThreads)(SessionOptions*, int) = nullptr;
    Status* (*inputCount)(const Session*, std::size_t*) = nullptr;
    Status* (*outputCount)(const Session*, std::size_t*) = nullptr;
    Status* (*inputType)(const Session*, std::size_t, TypeInfo**) = nullptr;
    Status* (*outputType)(const Session*, std::size_t, TypeInfo**) = nullptr;
    Status* (*inputName)(const Session*, std::size_t, Allocator*, char**) = nullptr;
    Status* (*outputName)(const Session*, std::size_t, Allocator*, char**) = nullptr;
    Status* (*createTensor)(const MemoryInfo*, void* data, std::size_t bytes, const std::int64_t* shape,
                            std::size_t dimensions, int type, Value**) = nullptr;
    Status* (*tensorData)(Value*, void**) = nullptr;
    Status* (*stringLength)(const Value*, std::size_t*) = nullptr;
    Status* (*stringContent)(const Value*, void*, std::size_t, std::size_t* offsets, std::size_t) = nullptr;
    Status* (*tensorInfoOf)(const TypeInfo*, const TensorInfo**) = nullptr;
    Status* (*elementType)(const TensorInfo*, int*) = nullptr;
    Status* (*dimensionCount)(const TensorInfo*, std::size_t*) = nullptr;
    Status* (*dimensions)(const TensorInfo*, std::int64_t*, std::size_t) = nullptr;
    Status* (*elementCount)(const TensorInfo*, std::size_t*) = nullptr;
    Status* (*valueInfo)(const Value*, TensorInfo**) = nullptr;
    Status* (*createMemoryInfo)(int allocator, int memory, MemoryInfo**) = nullptr;
    Status* (*allocatorFree)(Allocator*, void*) = nullptr;
    Status* (*defaultAllocator)(Allocator**) = nullptr;
    void (*releaseStatus)(Status*) = nullptr;
    void (*releaseMemoryInfo)(MemoryInfo*) = nullptr;
    void (*releaseSession)(Session*) = nullptr;
    void (*releaseValue)(Value*) = nullptr;
    void (*releaseTypeInfo)(TypeInfo*) = nullptr;
    void (*releaseTensorInfo)(TensorInfo*) = nullptr;
    void (*releaseOptions)(SessionOptions*) = nullptr;

    const Env* env() const { return m_env; }

 private:
    void fill(const void* const* table);
    Env* m_env = nullptr;
};

using ApiRef = std::shared_ptr<const Api>;

}  // namespace rw::score::ort
