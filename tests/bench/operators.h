// Shared by benches of operators: counting the output, and calls as a run makes them.
#pragma once
#include <fmt/format.h>

#include <cstdlib>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/operator.h"

namespace rw::bench {

class Counting final : public Output {
 public:
    std::size_t rows = 0;
    std::vector<Batch>* kept = nullptr;  ///< takes the batches of the first port, unless it is null
    void emit(int port, Batch batch) override {
        rows += batch.rows;
        if (kept && port == 0) kept->push_back(std::move(batch));
    }
    void watermark(int port, Instant watermark) override {
        if (kept && port == 0 && !kept->empty()) kept->back().watermark = watermark;
    }
    Status reject(const Batch&, std::size_t, const Text&) override { return {}; }
    void countLate(std::size_t, Millis) override {}
};

/// Ends the bench: a figure of a failed run would mean nothing.
[[noreturn]] inline void fail(const char* name, const std::string& why) {
    fmt::print(stderr, "{}: {}\n", name, why);
    std::exit(1);
}

/// Behind a call of the operator: does all that it left to be done.
inline void finish(const char* name, Operator& op, Output& out, Status status) {
    while (status.ok() && op.hasMore()) status = op.resume(out);
    if (!status.ok()) fail(name, english(status.error()));
}

}  // namespace rw::bench
