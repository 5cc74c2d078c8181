// What a node of models tells beside its rows, kept or left unheard.
#pragma once
#include <utility>
#include <vector>

#include "core/stream/recording/tape.h"
#include "core/stream/sink.h"

namespace rw::test {

/// Keeps what is recorded.
struct Recorder final : LookupRecorder {
    std::vector<TapeLookup> abouts{};
    std::vector<TapeTable> tables{};
    std::size_t addLookup(TapeLookup about) override {
        abouts.push_back(std::move(about));
        return abouts.size() - 1;
    }
    std::size_t addAsking(NodeId) override { return 0; }
    bool admits() override { return true; }
    void add(std::size_t, TapeTable table) override { tables.push_back(std::move(table)); }
    void add(std::size_t, Answers) override {}
};

struct Ignoring final : Output {
    void emit(int, Batch) override {}
    void watermark(int, Instant) override {}
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

}  // namespace rw::test
