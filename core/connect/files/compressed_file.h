// Files whose bytes are compressed, read as what they hold: .gz (RFC 1952) and .zst (RFC 8878).
#pragma once
#include <memory>
#include <string>
#include <string_view>

#include "core/base/files.h"

namespace rw {

enum class Compression { None, Gzip, Zstd };

/// What the ending of a file's name says, in small or capital letters.
Compression compressionOf(std::string_view path);

/// Opens a file by its name; one that is compressed gives its content, and places in it are places in the
/// content. Reading backwards begins anew, and reading from a place far inside unpacks what stands before it.
/// The size of the content is not known: state() says 0. Errors: what Files::open() says, bytes that are not
/// what the name says, and a file that ends in their middle.
Result<std::unique_ptr<InputFile>> openContent(const Files& files, const std::string& path);

}  // namespace rw
