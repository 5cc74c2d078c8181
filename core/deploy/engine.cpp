#include "core/deploy/engine.h"

#include <algorithm>

namespace rw {

namespace {

struct EngineNames {
    std::string_view name, word;
};

constexpr std::array kEngineNames{
#define RW_ENGINE(Name, word) EngineNames{#Name, #word},
#include "core/deploy/engines.def"
#undef RW_ENGINE
};

const EngineNames& namesOf(Engine engine) {
    return kEngineNames[static_cast<std::size_t>(engine)];
}

}  // namespace

std::string_view engineName(Engine engine) {
    return namesOf(engine).name;
}

std::string_view engineWord(Engine engine) {
    return namesOf(engine).word;
}

std::optional<Engine> engineOfWord(std::string_view word) {
    const auto found = std::find_if(kEngines.begin(), kEngines.end(),
                                    [word](Engine engine) { return engineWord(engine) == word; });
    return found == kEngines.end() ? std::nullopt : std::optional(*found);
}

}  // namespace rw
