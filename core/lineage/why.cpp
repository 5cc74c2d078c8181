// Why this row: the walk up.
#include <algorithm>
#include <map>
#include <utility>

#include "core/lineage/displaced.h"
#include "core/lineage/gather.h"
#include "core/lineage/in_time.h"
#include "core/lineage/left_out.h"
#include "core/lineage/lineage.h"
#include "core/lineage/mends.h"
#include "core/lineage/nearest.h"
#include "core/lineage/needed_delay.h"
#include "core/lineage/origins.h"
#include "core/lineage/passed_by.h"
#include "core/lineage/question.h"
#include "core/lineage/raisers.h"
#include "core/lineage/row_conditions.h"
#include "core/lineage/sought_rows.h"
#include "core/lineage/totals.h"
#include "core/lineage/versions.h"

namespace rw {

namespace {

constexpr std::size_t kMostOthers = 20;

/// What is sought at a port on the way up.
struct Sought {
    std::vector<RowPredicateRef> conditions{};
    std::vector<Text> words{};
    std::optional<std::size_t> last{};
    bool counted = false, beside = false;  ///< as of Contributors
    NodeId to{};
    int input = 0;
};

/// The same conditions on rows that come by another number of their wire.
RowPredicateRef onWire(const RowPredicateRef& condition, WireNumber wire) {
    const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
    if (!match || !match->position) return condition;
    auto placed = std::make_shared<RowMatch>(*match);
    placed->wire = wire;
    return placed;
}

class WalkUp {
 public:
    WalkUp(const LineageQuestion& question, const Upstream& upstream, Gatherer& gatherer)
        : m_question(question), m_upstream(upstream), m_gatherer(gatherer), m_passing(question.after) {}

    Result<Lineage> walk(const Asked& asked) {
        RW_TRY(m_passing.check());
        RW_TRY(findRow(asked));
        RW_TRY(m_takenBack || mayChange(asked) ? seekVersion({asked.node, asked.port, m_lineage.row})
                                               : seek(asked.node, asked.port, {m_lineage.row}));
        while (!m_pending.empty()) RW_TRY(climb());
        RW_TRY(m_passing.end());
        RW_TRY(tellNearest());
        tellTotals(m_upstream, m_gatherer.eval(), m_asked, m_lineage);
        // What had come too late by the time that a row was given as it no longer is can't be told apart.
        if (!m_version) RW_TRY(tellWithLate(m_upstream, m_gatherer, m_asked, m_lineage));
        RW_TRY(tellDisplaced(m_question, m_upstream, m_gatherer, m_version ? nullptr : &m_asked, m_lineage));
        RW_TRY(findRaisers(m_question, m_upstream, m_gatherer, asked, m_version, m_lineage));
        tellMends(asked.node);
        for (LineageStep& step : m_lineage.steps) std::reverse(step.rows.begin(), step.rows.end());
        return std::move(m_lineage);
    }

 private:
    /// The rows that the question is about, and of these the one that is explained.
    Status findRow(const Asked& asked) {
        std::vector<WantedRows> wanted{{asked.from(), asked.condition}};
        if (asked.type.updating) {
            wanted = watchedPorts(m_upstream, asked.node, asked.port);
            wanted.front().condition = asked.condition;
        }
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather(std::move(wanted)));
        GatheredRows& rows = found.front();
        m_lineage.schema = rows.type.schema;
        m_lineage.matched = rows.count;
        if (rows.rows.empty() && !rows.withdrawn.empty()) {
            m_takenBack = true;
            m_lineage.matched = rows.withdrawn.size();
            setRows(rows.withdrawn);
            return {};
        }
        if (rows.rows.empty()) {
            const auto* const where = dynamic_cast<const WhereCondition*>(asked.condition.get());
            if (where != nullptr && !where->failure().empty()) {
                return Status(
                    ErrorCode::Invalid,
                    RW_TEXT("lineage", "The condition “%1”: %2").with(m_question.where, where->failure()));
            }
            return noSuchRow(asked);
        }
        std::vector<Batch> all;
        for (const GatheredRow& row : rows.rows) all.push_back(row.row);
        setRows(all);
        return {};
    }

    /// The last one is explained.
    void setRows(const std::vector<Batch>& rows) {
        m_lineage.row = rows.back();
        for (std::size_t i = 0; i + 1 < rows.size() && i < kMostOthers; ++i)
            m_lineage.others.push_back(rows[rows.size() - 2 - i]);
    }

    Status noSuchRow(const Asked& asked) const {
        if (asked.where) {
            return Status(ErrorCode::NotFound,
                          RW_TEXT("lineage", "“%1” gave no row for which this is true: %2")
                              .with(titleOf(m_upstream, asked.node), askedText(m_question)),
                          RW_TEXT("lineage", "Ask why there is no such row."));
        }
        return Status(ErrorCode::NotFound,
                      RW_TEXT("lineage", "“%1” does not give this row when its rows are read again: %2")
                          .with(titleOf(m_upstream, asked.node), askedText(m_question)),
                      RW_TEXT("lineage",
                              "Its sources, or the pipeline, are not as they were, or a column "
                              "depends on the time of the run. A tape keeps all that a run read."));
    }

    /// Asks the node which rows of its inputs made those of one of its ports.
    Status seek(const NodeId& id, int port, const std::vector<Batch>& rows) {
        const PlannedNode& node = *m_upstream.find(id);
        if (node.kind->inputs.empty()) return {};
        for (const Batch& row : rows) m_asked[id].push_back({id, port, row});
        std::map<int, std::vector<Sought>> all;  // by input: entries of one row that stand alike
        for (const Batch& row : rows) {
            AskedRow asked = askedOf(node, port, row);
            RW_TRY_ASSIGN(const std::vector<Contributors> made,
                          contributorsOf(*node.kind, *node.bound, asked));
            std::map<int, std::size_t> place;
            for (const Contributors& each : made) {
                std::vector<Sought>& some = all[each.port];
                const std::size_t at = place[each.port]++;
                if (some.size() <= at) some.resize(at + 1);
                Sought& sought = some[at];
                sought.counted = each.counted;
                sought.beside = each.beside;
                if (each.last) {
                    // Each row has rows of its own before it.
                    sought.last = rows.size() == 1 ? each.last : std::nullopt;
                }
                if (each.condition) sought.conditions.push_back(each.condition);
                if (std::find(sought.words.begin(), sought.words.end(), each.words) == sought.words.end() &&
                    sought.words.size() < kMostWords)
                    sought.words.push_back(each.words);
            }
        }
        for (auto& [input, some] : all) {
            for (Sought& sought : some) {
                sought.to = id;
                sought.input = input;
                place(node, rows, std::move(sought));
            }
        }
        return {};
    }

    /// It is of a window of which there will be another result.
    bool mayChange(const Asked& asked) const {
        const auto end = asked.type.schema->find("window_end");
        const auto node = m_gatherer.metrics().find(asked.node);
        if (!asked.type.updating || !asked.type.windowed || !end || node == m_gatherer.metrics().end())
            return false;
        if (!m_lineage.row.columns[static_cast<std::size_t>(*end)] || m_lineage.row.column(*end).isNull(0))
            return false;
        const std::vector<InputInfo>& inputs = m_upstream.find(asked.node)->inputs;
        const bool below = std::any_of(inputs.begin(), inputs.end(),
                                       [](const InputInfo& input) { return input.type.windowed; });
        // Where it fires; a window passes on a watermark that is 1 ms less (event-time rules, 12).
        const Instant last = saturatingAdd(m_lineage.row.column(*end).at<Instant>(0), below ? -2 : -1);
        return !inputs.empty() && node->second.watermark < last;
    }

    /// Of a row as it was, or is by now, and of rows that change above it: what had come when it was given.
    Status seekVersion(GivenRow given) {
        const Text note = m_takenBack
                              ? RW_TEXT("lineage",
                                        "“%1” took this row back when later rows came. The steps are of the "
                                        "rows that had come when it gave it.")
                              : RW_TEXT("lineage",
                                        "The window of this row still takes rows. The steps are of the rows "
                                        "that had come when “%1” gave it.");
        const Status tookBack(
            ErrorCode::NotFound,
            RW_TEXT("lineage", "“%1” gave such a row, and took it back when a later one came.")
                .with(titleOf(m_upstream, given.node)),
            RW_TEXT("lineage", "Ask about the values that it has at the end."));
        m_version.emplace();
        for (std::optional<GivenRow> next = given; next;) {
            const GivenRow now = *std::exchange(next, std::nullopt);
            const PlannedNode& node = *m_upstream.find(now.node);
            if (node.kind->inputs.empty()) return tookBack;
            RW_TRY_ASSIGN(const std::vector<Contributors> made,
                          contributorsOf(*node.kind, *node.bound, askedOf(node, now.port, now.row)));
            RW_TRY_ASSIGN(GivenVersion version,
                          versionOf(m_upstream, m_gatherer, now, made, m_passing.after()));
            if (!version.given) {
                if (m_takenBack && m_lineage.steps.empty()) return tookBack;
                RW_TRY(seekAtEnd(now.node, now.port, {now.row}));
                continue;
            }
            if (now.node == given.node)
                m_lineage.notes.push_back(Text(note).with(titleOf(m_upstream, given.node)));
            if (!m_version->givenAt) m_version->givenAt = version.watermark;
            m_asked[now.node].push_back(now);
            for (const Contributors& each : made) {
                if (!each.condition) noteNobody(node, soughtOf(now.node, each));
            }
            for (const VersionInput& input : version.inputs)
                m_passing.add(titleOf(m_upstream, input.from.node), input.rows);
            RW_TRY(m_passing.told());
            for (const VersionInput& input : version.inputs) {
                RW_TRY_ASSIGN(const std::vector<Batch> rows,
                              addStep(soughtOf(now.node, made[input.entry]), input));
                const PlannedNode& from = *m_upstream.find(input.from.node);
                if (rows.empty() || from.kind->inputs.empty()) continue;
                if (!from.bound->outputs[static_cast<std::size_t>(input.from.port)].updating) {
                    RW_TRY(seek(from.node, input.from.port, rows));
                } else if (rows.size() == 1 && !next) {
                    next = GivenRow{from.node, input.from.port, rows.front()};
                } else {
                    RW_TRY(seekAtEnd(from.node, input.from.port, rows));
                }
            }
        }
        return {};
    }

    Status seekAtEnd(const NodeId& id, int port, const std::vector<Batch>& rows) {
        m_lineage.notes.push_back(
            RW_TEXT("lineage", "The steps above “%1” are of its rows as they are at the end.")
                .with(titleOf(m_upstream, id)));
        return seek(id, port, rows);
    }

    static Sought soughtOf(const NodeId& to, const Contributors& made) {
        Sought sought;
        if (made.condition) sought.conditions.push_back(made.condition);
        sought.words.push_back(made.words);
        sought.last = made.last;
        sought.counted = made.counted;
        sought.beside = made.beside;
        sought.to = to;
        sought.input = made.port;
        return sought;
    }

    /// The step of rows that were gathered, which are given back where they are to be followed.
    Result<std::vector<Batch>> addStep(Sought sought, const VersionInput& input) {
        const Pending each{input.from, std::move(sought)};
        LineageStep step = stepOf(each, input.rows);
        RW_TRY(findOrigins(each, step));
        std::vector<Batch> rows;
        for (const GatheredRow& row : input.rows.rows) {
            if (!step.counted) rows.push_back(row.row);
        }
        if (!each.sought.beside || step.count > 0) m_lineage.steps.push_back(std::move(step));
        return rows;
    }

    AskedRow askedOf(const PlannedNode& node, int port, const Batch& row) const {
        return askedRow(node, port, row, m_gatherer.eval());
    }

    /// Puts what is sought at an input to the ports from which its rows come.
    void place(const PlannedNode& node, const std::vector<Batch>& rows, Sought sought) {
        const std::vector<UpstreamPort>& producers = m_upstream.producers(node.node, sought.input);
        if (sought.conditions.empty()) {
            noteNobody(node, sought);
            return;
        }
        // Rows that a node passes on keep their wires, which tell apart rows of one number from two sources.
        const bool keepsWires = node.bound->distribution.kind == Distribution::Kind::Stateless &&
                                rows.size() == sought.conditions.size();
        for (std::size_t i = 0; i < producers.size(); ++i) {
            const UpstreamPort& from = producers[i];
            Sought here = sought;
            if (keepsWires) {
                here.conditions.clear();
                for (std::size_t row = 0; row < rows.size(); ++row) {
                    if (!sought.conditions[row]) continue;
                    if (producerOf(producers, rows[row].wire) != i) continue;
                    here.conditions.push_back(
                        onWire(sought.conditions[row], rows[row].wire - firstWireOf(from.firstWay)));
                }
                if (here.conditions.empty()) continue;
            }
            m_pending.push_back({from, std::move(here)});
        }
    }

    void noteNobody(const PlannedNode& node, const Sought& sought) {
        LineageStep step;
        step.to = node.node;
        step.input = node.kind->inputs[static_cast<std::size_t>(sought.input)].name;
        step.words = sought.words;
        const auto* const teller = dynamic_cast<const TellsContributors*>(node.bound.get());
        const bool two = node.kind->inputs.size() == 2;
        if (two && teller && teller->leftBehind() == LeftBehind::Alone) {
            const SideNames names = sideNames(m_upstream, node.node);
            step.words = {RW_TEXT("lineage", "no row of %1 matched")
                              .with(sought.input == 0 ? names.left : names.right)};
        }
        m_lineage.steps.push_back(std::move(step));
        if (two && m_alone.size() < kMostAlone)
            m_alone.push_back({m_lineage.steps.size() - 1, node.node, 1 - sought.input});
    }

    /// Of rows that a join gave by themselves: the row of the other input that misses being a partner by
    /// least.
    Status tellNearest() {
        for (const Alone& alone : m_alone) {
            std::vector<Batch> own;
            for (const LineageStep& step : m_lineage.steps) {
                const bool here = step.to == alone.node && !step.rows.empty() &&
                                  step.input == inputName(alone.node, alone.input);
                if (here && own.empty()) own.push_back(step.rows.back().row);
            }
            RW_TRY_ASSIGN(const Nearest nearest,
                          nearestOf(m_upstream, m_gatherer, alone.node, alone.input, std::move(own)));
            if (nearest.why.empty()) continue;
            LineageStep& step = m_lineage.steps[alone.step];
            step.words.push_back(RW_TEXT("lineage", "the nearest: %1").with(nearest.why));
            addMend(step.mends, nearest.mend);
        }
        return {};
    }

    /// Where rows were left out the condition, and with which delay a row that left by a late port would have
    /// been in time.
    void tellMends(const NodeId& asked) {
        for (LineageStep& step : m_lineage.steps) {
            for (LeftOut& left : step.leftOut) {
                if (!left.rejected) addMend(left.mends, conditionOf(m_upstream, left.node));
            }
            if (!m_lineage.late || step.to != asked || step.count == 0) continue;
            const int input = m_upstream.find(asked)->kind->inputPort(step.input);
            addMend(step.mends,
                    delayMend(m_upstream, neededDelay(m_upstream, asked, input, m_lineage.late->by)));
        }
    }

    const std::string& inputName(const NodeId& node, int input) const {
        return m_upstream.find(node)->kind->inputs[static_cast<std::size_t>(input)].name;
    }

    /// One run, for all ports that wait for nothing below them.
    Status climb() {
        std::vector<Pending> now, later;
        for (Pending& each : m_pending) {
            const bool waits = std::any_of(m_pending.begin(), m_pending.end(), [&](const Pending& other) {
                return m_upstream.above(other.from.node).contains(each.from.node);
            });
            (waits ? later : now).push_back(each);
        }
        m_pending = std::move(later);
        std::vector<WantedRows> wanted;
        for (const Pending& each : now) {
            wanted.push_back({portOf(each.from), anyOf(each.sought.conditions), each.sought.last});
            if (!each.sought.counted && !each.sought.beside) wanted.back().after = m_passing.after();
        }
        // Rows that nodes before left out.
        std::vector<LeavingOut> leaving;
        for (std::size_t i = 0; i < now.size(); ++i) {
            if (!now[i].sought.counted && !now[i].sought.beside && isOfSeveral(now[i].sought))
                addLeftOut(m_upstream, m_gatherer.eval(), now[i].from, anyOf(now[i].sought.conditions), i,
                           wanted, leaving);
        }
        RW_TRY_ASSIGN(std::vector<GatheredRows> found, m_gatherer.gather(wanted));
        for (std::size_t i = 0; i < now.size(); ++i)
            m_passing.add(titleOf(m_upstream, now[i].from.node), found[i]);
        RW_TRY(m_passing.told());
        std::map<std::pair<NodeId, int>, std::vector<Batch>> rows;
        const std::size_t firstStep = m_lineage.steps.size();
        for (std::size_t i = 0; i < now.size(); ++i) {
            LineageStep step = stepOf(now[i], found[i]);
            if (!step.counted) {
                std::vector<Batch>& some = rows[{now[i].from.node, now[i].from.port}];
                for (const GatheredRow& row : found[i].rows) some.push_back(row.row);
            }
            m_lineage.steps.push_back(std::move(step));
        }
        for (std::size_t i = 0; i < leaving.size(); ++i)
            tellLeftOut(leaving[i], found[now.size() + i], m_lineage.steps[firstStep + leaving[i].step]);
        for (std::size_t i = 0; i < now.size(); ++i)
            RW_TRY(findOrigins(now[i], m_lineage.steps[firstStep + i]));
        for (std::size_t i = now.size(); i-- > 0;) {
            const auto step = m_lineage.steps.begin() + static_cast<std::ptrdiff_t>(firstStep + i);
            if (now[i].sought.beside && step->count == 0) m_lineage.steps.erase(step);
        }
        for (const auto& [port, some] : rows) {
            if (!some.empty()) RW_TRY(seek(port.first, port.second, some));
        }
        return {};
    }

    /// A step for an input that had no partner.
    struct Alone {
        std::size_t step = 0;
        NodeId node{};
        int input = 0;  ///< the one that the row came by
    };
    struct Pending {
        UpstreamPort from{};
        Sought sought{};
    };
    /// Not of a row by itself: that was let through, or it would not be asked for.
    static bool isOfSeveral(const Sought& sought) {
        return std::none_of(sought.conditions.begin(), sought.conditions.end(),
                            [](const RowPredicateRef& condition) {
                                const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
                                return match && match->position;
                            });
    }

    /// A late row has no part in what it makes.
    static bool missesWindow(const RowPredicateRef& condition) {
        const auto* const match = dynamic_cast<const RowMatch*>(condition.get());
        return match && match->late == RowMatch::Late::ByWindow;
    }

    PortRef portOf(const UpstreamPort& from) const { return rw::portOf(m_upstream, from); }

    LineageStep stepOf(const Pending& each, const GatheredRows& found) const {
        const PlannedNode &node = *m_upstream.find(each.from.node), &to = *m_upstream.find(each.sought.to);
        LineageStep step;
        step.from = portOf(each.from);
        step.type = node.kind->type;
        step.source = node.kind->inputs.empty();
        step.to = each.sought.to;
        step.input = to.kind->inputs[static_cast<std::size_t>(each.sought.input)].name;
        step.words = each.sought.words;
        step.schema = found.type.schema;
        step.count = found.count;
        step.after = found.passedBy;
        step.counted = each.sought.counted;
        step.judged = std::any_of(each.sought.conditions.begin(), each.sought.conditions.end(), missesWindow);
        if (!each.sought.beside) step.lateCount = found.lateCount;
        for (const GatheredRow& row : found.rows) {
            if (!step.counted) step.rows.push_back({row.row});
        }
        if (each.sought.beside) return step;
        for (const GatheredRow& row : found.late) step.late.push_back({row.row, row.part.lateBy});
        if (step.lateCount > 0) {
            const NeededDelay needed = neededDelay(m_upstream, to.node, each.sought.input, found.lateBy);
            step.lateMend = needed.words;
            addMend(step.mends, delayMend(m_upstream, needed));
        }
        return step;
    }

    Status findOrigins(const Pending& each, LineageStep& step) {
        if (!step.source || each.from.port != 0) return {};
        std::vector<LineageRow*> rows;
        for (std::vector<LineageRow>* some : {&step.rows, &step.late}) {
            for (LineageRow& row : *some) rows.push_back(&row);
        }
        return setOrigins(m_question, *m_upstream.find(each.from.node), m_gatherer.eval(), std::move(rows),
                          m_lineage.notes);
    }

    static constexpr std::size_t kMostWords = 8, kMostAlone = 3;
    const LineageQuestion& m_question;
    const Upstream& m_upstream;
    Gatherer& m_gatherer;
    Lineage m_lineage{};
    PassedBy m_passing;
    bool m_takenBack = false;               ///< the row that is explained was
    std::optional<RowVersion> m_version{};  ///< it is explained as it was when it was given
    std::vector<Pending> m_pending{};
    std::vector<Alone> m_alone{};
    AskedRows m_asked{};
};

}  // namespace

Result<Lineage> whyRow(const LineageQuestion& question) {
    const Upstream upstream(*question.plan);
    RW_TRY_ASSIGN(const std::unique_ptr<Gatherer> gatherer, Gatherer::make(question, upstream));
    RW_TRY_ASSIGN(const Asked asked, askedPort(question, upstream, gatherer->eval()));
    RW_TRY_ASSIGN(Lineage found, WalkUp(question, upstream, *gatherer).walk(asked));
    for (Text& note : gatherer->notes()) found.notes.push_back(std::move(note));
    return found;
}

}  // namespace rw
