// The engines that can run a pipeline besides the embedded one. Ask writerOf() (engine_writer.h) and
// backendOf() (core/cluster/engine_backend.h) for their differences; no other code compares engines.
#pragma once
#include <array>
#include <cstddef>
#include <optional>
#include <string_view>

namespace rw {

enum class Engine {
#define RW_ENGINE(Name, word) Name,
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

/// All of them, in the order in which they are listed.
inline constexpr std::array kEngines{
#define RW_ENGINE(Name, word) Engine::Name,
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

/// “Flink”, “Spark”: names, the same in every language.
std::string_view engineName(Engine engine);
/// “flink”, “spark”: as files and settings have it.
std::string_view engineWord(Engine engine);
/// Nothing for other words.
std::optional<Engine> engineOfWord(std::string_view word);

}  // namespace rw
