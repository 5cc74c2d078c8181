// Compressed files, read as their content: .gz (RFC 1952) and .zst (RFC 8878).
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/base/files.h"

namespace rw {

enum class Compression { None, Gzip, Zstd };

/// The compression that the ending of a file's name tells, in small or capital letters.
Compression compressionOf(std::string_view path);

/// Opens a file by its name. A compressed one gives its content, and places in it are places in the content.
/// Reading backwards starts from the beginning, and reading from a place far inside unpacks all bytes before
/// it. The size of the content is not known: state() says 0. Errors: those of Files::open(), bytes that are
/// not of the format that the name tells, and a file that ends in their middle.
Result<std::unique_ptr<InputFile>> openContent(const Files& files, const std::string& path);

}  // namespace rw
