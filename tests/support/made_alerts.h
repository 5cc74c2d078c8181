// Alerts as the alert nodes of a run put them on its board.
#pragma once
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "core/stream/alerts/alert_board.h"
#include "tests/support/noon.h"

namespace rw::test {

inline constexpr Instant kRaisedAt = kNoon;

/// Of the node “alert”: load > 0.8, for 20 s.
inline AlertRule loadRule(std::vector<AlertTarget> targets = {}) {
    AlertRule rule;
    rule.node = "alert";
    rule.title = "Busiest core";
    rule.condition = "load > 0.8";
    rule.hold = 20'000;
    rule.keys = {"core"};
    rule.targets = {{AlertTarget::Kind::Panel, {}}};
    rule.targets.insert(rule.targets.end(), targets.begin(), targets.end());
    return rule;
}

/// Of a core: raised at kRaisedAt, 20 s after the condition began to hold; over a minute later.
inline Alert loadAlert(const std::string& core, AlertStage stage, AlertKind kind = AlertKind::Condition) {
    Alert alert;
    alert.node = "alert";
    alert.key = {{"core", core}};
    alert.kind = kind;
    alert.stage = stage;
    alert.start = kRaisedAt - 20'000;
    if (stage == AlertStage::Open || stage == AlertStage::Cleared) {
        alert.raised = kRaisedAt;
        alert.value = 0.85;
        alert.message = "Core " + core + " is busy";
    }
    if (stage == AlertStage::Cleared) alert.ended = kRaisedAt + 60'000;
    if (stage == AlertStage::Spared) alert.ended = kRaisedAt - 5'000;
    alert.peak = 0.925;
    return alert;
}

/// Takes letters and delivers none.
struct HeldLetters : AlertCarrier {
    std::vector<AlertLetter> letters{};
    bool finished = false;

    void carry(AlertLetter letter) override { letters.push_back(std::move(letter)); }
    void finish(Millis) override { finished = true; }
};

/// A board with that rule, and with whoever tells others.
struct MadeBoard {
    std::shared_ptr<AlertBoard> board = std::make_shared<AlertBoard>();
    std::shared_ptr<HeldLetters> carrier = std::make_shared<HeldLetters>();

    explicit MadeBoard(AlertRule rule = loadRule()) {
        board->setCarrier(carrier);
        board->begin(std::move(rule));
    }
    void put(const std::string& core, AlertStage stage, AlertKind kind = AlertKind::Condition) const {
        board->put(loadAlert(core, stage, kind),
                   stage == AlertStage::Open ? AlertBoard::Telling::Now : AlertBoard::Telling::Nothing);
    }
    /// How it goes with the letter of that number.
    void deliver(std::size_t letter, AlertDelivery news) const {
        board->delivered(carrier->letters.at(letter), std::move(news));
    }
};

}  // namespace rw::test
