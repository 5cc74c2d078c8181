#include "core/score/model_file.h"

#include <fmt/format.h>
#include <openssl/evp.h>

#include <algorithm>
#include <array>
#include <utility>

#include "core/base/byte_size.h"
#include "core/score/model_json.h"
#include "core/score/onnx_model.h"

namespace rw::score {

namespace {

constexpr std::size_t kHeadBytes = std::size_t{4} << 20;  // of a JSON model, in which its head must be

Status inFile(const std::string& path, const Error& error) {
    return {error.code, RW_TEXT("score", "“%1”: %2").with(path, error.message), error.fix};
}

/// The first `most` bytes at most.
Result<std::string> readBytes(const Files& files, const std::string& path, std::size_t most,
                              FileState& state) {
    RW_TRY_ASSIGN(const auto file, files.open(path));
    RW_TRY_ASSIGN(state, file->state());
    if (state.size > kMostModelBytes) {
        return Status(ErrorCode::Invalid,
                      RW_TEXT("score", "“%1” has %2; a model has %3 at most.")
                          .with(path, byteSizeText(state.size), byteSizeText(kMostModelBytes)),
                      RW_TEXT("score", "Train the model with fewer trees, or with less depth."));
    }
    std::string bytes(std::min<std::size_t>(most, state.size), '\0');
    std::size_t have = 0;
    while (have < bytes.size()) {
        RW_TRY_ASSIGN(const std::size_t more, file->read(have, std::span(bytes).subspan(have)));
        if (more == 0) break;
        have += more;
    }
    bytes.resize(have);
    return bytes;
}

}  // namespace

std::string sha256Of(std::string_view bytes) {
    std::array<unsigned char, EVP_MAX_MD_SIZE> digest{};
    unsigned size = 0;
    std::string hex;
    if (EVP_Digest(bytes.data(), bytes.size(), digest.data(), &size, EVP_sha256(), nullptr) != 1) return hex;
    for (unsigned i = 0; i < size; ++i) hex += fmt::format("{:02x}", digest[i]);
    return hex;
}

bool isOnnx(std::string_view path) {
    return path.ends_with(".onnx");
}

Result<ModelBytes> readModel(const Files& files, const std::string& path) {
    ModelBytes read;
    read.path = path;
    RW_TRY_ASSIGN(read.bytes, readBytes(files, path, kMostModelBytes, read.state));
    read.sha256 = sha256Of(read.bytes);
    return read;
}

Result<ModelRef> loadModel(const ModelBytes& file, const ModelOptions& options) {
    Result<ModelRef> model =
        isOnnx(file.path) ? loadOnnxModel(file.bytes, options.runtime) : loadJsonModel(file.bytes);
    if (!model.ok()) return inFile(file.path, model.error());
    return model;
}

Result<ModelHead> modelHead(const Files& files, const std::string& path, const ModelOptions& options) {
    FileState state;
    RW_TRY_ASSIGN(const std::string bytes,
                  readBytes(files, path, isOnnx(path) ? kMostModelBytes : kHeadBytes, state));
    if (!isOnnx(path) && state.size > bytes.size()) {
        Result<ModelHead> head = readJsonHead(bytes);
        if (!head.ok()) return inFile(path, head.error());
        return head;
    }
    RW_TRY_ASSIGN(const ModelRef model, loadModel(ModelBytes{path, bytes, {}, state}, options));
    return model->head();
}

}  // namespace rw::score
