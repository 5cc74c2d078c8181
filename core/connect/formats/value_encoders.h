// The content of messages' values in each format.
#pragma once
#include <memory>

#include "core/connect/formats/message_encoder.h"

namespace rw {

std::unique_ptr<const ValueEncoder> makeValueEncoder(const EncoderOptions& options);

/// Rows as objects of JSON, also for keys.
std::unique_ptr<const ValueEncoder> makeJsonEncoder(const Schema& schema);

}  // namespace rw
