// A comparison of two engines with the outcome that a test sets, and a report to be shown.
#pragma once
#include <atomic>
#include <chrono>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>
#include <utility>

#include "core/compare/compare.h"

namespace rw::testing {

/// At `differs` rows of every kind and two causes, at `same` none; one condition that held, and one that did
/// not.
inline CompareReport madeReport(const NodeId& differs, const NodeId& same) {
    const auto schema = std::make_shared<const Schema>(
        Schema{{{"k", Type::of(TypeId::String)}, {"n", Type::of(TypeId::Bigint)}}});
    const auto row = [](const char* k, CompareCell n) { return CompareRow{CompareCell(k), std::move(n)}; };
    CompareReport report;
    ComparedNode& other = report.nodes.emplace_back();
    other.node = differs;
    other.schema = schema;
    other.rowsA = 8;
    other.rowsB = 7;
    other.difference.onlyA = {row("a", "1"), row("b", "2")};
    other.difference.onlyB = {row("c", std::nullopt)};
    other.difference.different.emplace_back(row("d", "3"), row("d", "4"));
    other.causes = {{CauseKind::Late, RW_TEXT("test", "Rows were late: %1.").with("per_minute (3)"), 0},
                    {CauseKind::UnfiredWindows, RW_TEXT("test", "One side did not close them."), 2}};
    ComparedNode& alike = report.nodes.emplace_back();
    alike.node = same;
    alike.schema = schema;
    alike.rowsA = alike.rowsB = 5;
    report.conditions = {
        {"staging", differs, RW_TEXT("test", "no row is late"), CheckedCondition::Held::No},
        {"staging", same, RW_TEXT("test", "no sum overflows"), CheckedCondition::Held::Yes}};
    return report;
}

/// Shared with the thread on which it is made. Its result is set before it begins.
struct MadeComparison {
    CompareReport report{};
    Status failure{};               ///< of which it fails, unless this is a success
    std::atomic<bool> held{true};   ///< it goes on until this is false, or it is cancelled
    std::atomic<bool> deaf{false};  ///< it does not hear that it is cancelled
    std::atomic<int> begun{0}, over{0}, cancelled{0};

    /// The last request.
    CompareRequest asked() const {
        const std::lock_guard lock(m_mutex);
        return m_asked;
    }
    Result<CompareReport> compare(const CompareRequest& request) {
        {
            const std::lock_guard lock(m_mutex);
            m_asked = request;
        }
        if (request.progress) request.progress(RW_TEXT("test", "running it on %1").with(request.b.name));
        ++begun;
        while (held && (deaf || !*request.cancelled))
            std::this_thread::sleep_for(std::chrono::milliseconds(1));
        const bool ended = *request.cancelled;
        if (ended) ++cancelled;
        ++over;
        if (ended) return Status(ErrorCode::Cancelled, RW_TEXT("test", "It was ended."));
        if (!failure.ok()) return failure;
        return report;
    }

 private:
    mutable std::mutex m_mutex{};
    CompareRequest m_asked{};
};

inline std::function<Result<CompareReport>(const CompareRequest&)> comparingBy(
    std::shared_ptr<MadeComparison> made) {
    return [made = std::move(made)](const CompareRequest& request) { return made->compare(request); };
}

}  // namespace rw::testing
