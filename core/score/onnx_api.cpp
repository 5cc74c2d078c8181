#include "core/score/onnx_api.h"

#include <dlfcn.h>

#include <cstdlib>
#include <map>
#include <mutex>

namespace rw::score::ort {

namespace {

constexpr std::uint32_t kApiVersion = 21;
constexpr std::uint32_t kOldestApi = 11;  // all functions that are called are in it

/// OrtApiBase.
struct Base {
    const void* const* (*getApi)(std::uint32_t version);
    const char* (*versionText)();
};

Text howToGetIt() {
    return RW_TEXT(
        "score",
        "Install it, for example by pip install onnxruntime, and name its file libonnxruntime.so in the "
        "parameter “runtime” or in the environment variable RILLWRIGHT_ONNXRUNTIME. Or write the model as "
        "JSON, for which no library is needed.");
}

template <class Function>
void set(Function& function, const void* const* table, std::size_t place) {
    function = reinterpret_cast<Function>(const_cast<void*>(table[place]));
}

}  // namespace

void Api::fill(const void* const* table) {
    set(errorMessage, table, 2);
    set(createEnv, table, 3);
    set(createSession, table, 8);
    set(run, table, 9);
    set(createOptions, table, 10);
    set(setExecutionMode, table, 13);
    set(setIntraThreads, table, 24);
    set(setInterThreads, table, 25);
    set(inputCount, table, 30);
    set(outputCount, table, 31);
    set(inputType, table, 33);
    set(outputType, table, 34);
    set(inputName, table, 36);
    set(outputName, table, 37);
    set(createTensor, table, 49);
    set(tensorData, table, 51);
    set(stringLength, table, 53);
    set(stringContent, table, 54);
    set(tensorInfoOf, table, 55);
    set(elementType, table, 60);
    set(dimensionCount, table, 61);
    set(dimensions, table, 62);
    set(elementCount, table, 64);
    set(valueInfo, table, 65);
    set(createMemoryInfo, table, 69);
    set(allocatorFree, table, 76);
    set(defaultAllocator, table, 78);
    set(releaseStatus, table, 93);
    set(releaseMemoryInfo, table, 94);
    set(releaseSession, table, 95);
    set(releaseValue, table, 96);
    set(releaseTypeInfo, table, 98);
    set(releaseTensorInfo, table, 99);
    set(releaseOptions, table, 100);
}

rw::Status Api::check(Status* status) const {
    if (status == nullptr) return {};
    const std::string message = errorMessage(status);
    releaseStatus(status);
    return {ErrorCode::Invalid, RW_TEXT("score", "ONNX Runtime says: %1").with(message)};
}

Result<ApiRef> Api::load(const std::string& path) {
    static std::mutex mutex;
    static std::map<std::string, ApiRef> loaded;
    const char* const named = std::getenv("RILLWRIGHT_ONNXRUNTIME");
    const std::string file = !path.empty()                        ? path
                             : named != nullptr && *named != '\0' ? std::string(named)
                                                                  : "libonnxruntime.so";
    const std::lock_guard hold(mutex);
    ApiRef& known = loaded[file];
    if (known) return known;
    void* const library = ::dlopen(file.c_str(), RTLD_NOW | RTLD_LOCAL);
    if (library == nullptr) {
        const char* const why = ::dlerror();
        return rw::Status(
            ErrorCode::NotFound,
            RW_TEXT("score", "The library ONNX Runtime is needed for this model, and is not there: %1.")
                .with(why != nullptr ? why : file),
            howToGetIt());
    }
    const auto getBase = reinterpret_cast<const Base* (*)()>(::dlsym(library, "OrtGetApiBase"));
    const void* const* table = nullptr;
    for (std::uint32_t version = kApiVersion; getBase != nullptr && table == nullptr && version >= kOldestApi;
         --version)
        table = getBase()->getApi(version);
    if (table == nullptr) {
        return rw::Status(
            ErrorCode::Invalid,
            RW_TEXT("score", "“%1” is no library of ONNX Runtime, or one that is too old.").with(file),
            howToGetIt());
    }
    const auto made = std::make_shared<Api>();
    made->fill(table);
    constexpr int kFatalOnly = 4;  // other errors come back as a status
    RW_TRY(made->check(made->createEnv(kFatalOnly, "rillwright", &made->m_env)));
    known = made;
    return known;
}

}  // namespace rw::score::ort
