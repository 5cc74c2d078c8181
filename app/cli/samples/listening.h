// Listening to the live sources of a sample, on the command line.
#pragma once
#include <optional>
#include <string>

#include "app/cli/commands.h"
#include "app/cli/load.h"
#include "core/listen/heard_samples.h"
#include "core/look/look.h"

namespace rw::cli {

/// Listens to those live sources of `looked` that can be, for as long as the command says, and keeps what
/// came. `text`: of the pipeline's file, which must have been saved here, or its
/// connections allowed. Nothing after printing why it was not listened to; what did not come is printed, too.
std::optional<HeardSources> listenFor(const SampleCommand& command, const WithQt& withQt,
                                      const Loaded& loaded, const std::string& text,
                                      const LookResult& looked);

}  // namespace rw::cli
