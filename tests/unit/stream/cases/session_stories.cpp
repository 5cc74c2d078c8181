#include "tests/unit/stream/cases/session_stories.h"

#include <algorithm>
#include <random>
#include <utility>

#include "tests/unit/stream/cases/operator_harness.h"
#include "tests/unit/stream/cases/watched_sessions.h"
#include "tests/unit/stream/cases/window_case.h"

namespace rw::test {

std::string trySessions(std::uint64_t seed, bool spills, int& byChange) {
    WindowCase tried(WindowKind::Session, seed);
    Json params = tried.params();
    params["allowed_lateness"] = params["early"] = "0s";
    params["aggregates"].push_back("LISTAGG(CAST(v AS STRING)) AS l");
    params["aggregates"].push_back("PERCENTILE(v, 0.5) AS p");
    const BoundForTest bound = bindNode(sessionNode(), params, {tried.input()});
    if (!bound.bound) return "not bound: " + english(bound.issues.front());
    std::mt19937_64 random(seed);
    MakeContext context = contextFor(tried.input(), tried.wires(), 2);
    if (spills) context = spilling(std::move(context), seed % 2 == 0 ? 1 : 1 + random() % 20'000);
    WatchedSessions watched(*bound.bound, context);
    bool needsWhole = true, isWhole = true;
    std::string wrong;
    const auto freeze = [&] {
        isWhole = needsWhole || random() % 6 == 0;
        watched.freeze(isWhole);
    };
    const auto keep = [&] {
        needsWhole = random() % 5 == 0;
        if (needsWhole) return;
        watched.keep();
        if (!isWhole && watched.written() > 0) ++byChange;
        if (wrong.empty()) wrong = watched.difference();
    };
    watched.betweenCalls = [&] {
        if (watched.isFrozen && random() % 4 == 0 && !watched.writeSome()) keep();
    };
    const auto between = [&] {
        if (!watched.isFrozen && random() % 3 != 0) freeze();
    };
    tried.feed(
        [&](const Batch& batch) {
            watched.send(batch);
            between();
        },
        [&](Instant watermark) {
            watched.advance(watermark);
            between();
        });
    for (int last = 0; last < 2; ++last) {
        if (!watched.isFrozen) freeze();
        while (watched.writeSome()) {
        }
        keep();
    }
    return wrong.empty() ? wrong : wrong + "\n" + tried.describe();
}

std::string tryManySessions(const BoundNode& bound, std::uint64_t seed, int& inFiles) {
    std::mt19937_64 random(seed);
    const auto upTo = [&random](int most) {
        return static_cast<int>(random() % static_cast<unsigned>(most));
    };
    WatchedSessions watched(bound, spilling(contextFor(sessionInput(), 1, 64),
                                            static_cast<std::uint64_t>(100'000 + upTo(700'000))));
    Instant now = 100, watermark = 50;
    bool needsWhole = true;
    std::string wrong;
    const auto keep = [&] {
        needsWhole = upTo(5) == 0;
        if (needsWhole) return;
        watched.keep();
        if (watched.op().stateSize().spilled > 0) ++inFiles;
        if (wrong.empty()) wrong = watched.difference();
    };
    watched.betweenCalls = [&] {
        if (watched.isFrozen && upTo(3) > 0 && !watched.writeSome()) keep();
    };
    for (int step = 0; step < 150 && wrong.empty(); ++step) {
        now += upTo(3);
        const int first = upTo(1'500), count = 1 + upTo(upTo(3) == 0 ? 1'500 : 60);
        if (upTo(8) == 0) {
            watermark = std::max(watermark, now - 6 - upTo(8));
            watched.advance(watermark);
        } else if (upTo(3) == 0) {  // of which some are late, or seal what they find
            const Instant stamp = watermark + upTo(static_cast<int>(now - watermark));
            watched.send(sessionRows(now - upTo(16), first, count, stamp));
        } else {
            watched.send(sessionRows(std::max(now - upTo(12), watermark + 2), first, count));
        }
        if (!watched.isFrozen && upTo(3) == 0) watched.freeze(needsWhole || upTo(6) == 0);
    }
    return wrong;
}

}  // namespace rw::test
