// Models in files: reading, checking and recognising them.
#pragma once
#include <memory>
#include <string>

#include "core/base/files.h"
#include "core/score/model.h"

namespace rw::score {

/// Larger files are refused before anything of them is read.
inline constexpr std::uint64_t kMostModelBytes = std::uint64_t{512} << 20;

/// The settings with which a model is loaded.
struct ModelOptions {
    std::string runtime{};  ///< the library of ONNX Runtime; empty: where the system has it
};

/// The bytes of a model, and their name.
struct ModelBytes {
    std::string path{};
    std::string bytes{};
    std::string sha256{};  ///< hexadecimal
    FileState state{};     ///< of the file when they were read
};

/// SHA-256 in hexadecimal.
std::string sha256Of(std::string_view bytes);

/// Reads the file. Waits for the disk.
Result<ModelBytes> readModel(const Files& files, const std::string& path);

/// The model; errors name the file, the place in it and what helps. A name that ends in “.onnx” is for ONNX
/// Runtime.
Result<ModelRef> loadModel(const ModelBytes& file, const ModelOptions& options);

/// Its inputs and outputs. Of a large JSON model only the beginning is read.
Result<ModelHead> modelHead(const Files& files, const std::string& path, const ModelOptions& options);

bool isOnnx(std::string_view path);

}  // namespace rw::score
