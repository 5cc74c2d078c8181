// Where an operator that has one key group sends: rows go on at once, its watermark does not.
#pragma once
#include <algorithm>
#include <map>

#include "core/stream/operator.h"

namespace rw {

/// For the calls of one operator.
class PageOutput final : public Output {
 public:
    /// From now on rows go there.
    void sendTo(Output& out) { m_out = &out; }
    /// The watermark of each port that got one.
    const std::map<int, Instant>& watermarks() const { return m_watermarks; }

    void emit(int port, Batch batch) override { m_out->emit(port, std::move(batch)); }
    void watermark(int port, Instant watermark) override {
        const auto [known, isNew] = m_watermarks.try_emplace(port, watermark);
        if (!isNew) known->second = std::max(known->second, watermark);
    }
    Status reject(const Batch& batch, std::size_t row, const Text& reason) override {
        return m_out->reject(batch, row, reason);
    }
    void countLate(std::size_t rows, Millis largest) override { m_out->countLate(rows, largest); }
    void countNullDropped(std::size_t rows) override { m_out->countNullDropped(rows); }

 private:
    Output* m_out = nullptr;
    std::map<int, Instant> m_watermarks{};
};

}  // namespace rw
