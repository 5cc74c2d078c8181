// Any bytes as messages of a decoder: what must hold, whatever they are.
#pragma once
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "core/connect/formats/message_decoder.h"

/// A target, as libFuzzer calls it; each program has one.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t size);

namespace rw::fuzz {

/// Inputs that are mostly right, of which others are made.
std::vector<std::string> seeds();

/// Ends the program where it does not hold.
void require(bool holds, const char* what);

/// Where messages end in an input.
inline constexpr char kEnd = '\x1e';

/// Columns of the format that an input is decoded with, and of parts of messages.
MessageFormat formatWith(FormatKind kind, const std::vector<std::string>& columns);

/// Decodes the messages of an input in every way that may make a difference: all columns or none, batches of
/// any size, NULL in place of wrong values; and each alone. The rows must be the same.
void decodeAll(const MessageFormat& format, std::string_view input,
               const std::shared_ptr<const WriterSchemas>& schemas = {});

}  // namespace rw::fuzz
