#include "core/forecast/outputs.h"

#include <algorithm>
#include <functional>
#include <set>
#include <tuple>
#include <utility>

#include "core/base/ascii.h"
#include "core/base/readable.h"
#include "core/forecast/compared.h"
#include "core/pipeline/checks/param_check.h"
#include "core/pipeline/param_values.h"

namespace rw {

namespace forecasting {

namespace {

constexpr std::size_t kShownNamesBytes = 160;

/// How an output keeps its rows.
enum class RowsIn { Chart, File, Sqlite, Server, Hbase, Folder, Messages };

RowsIn rowsIn(const NodeKind& kind) {
    if (kind.chart) return RowsIn::Chart;
    if (kind.type == "csv_sink" || kind.type == "ndjson_sink") return RowsIn::File;
    if (kind.type == "sqlite_sink") return RowsIn::Sqlite;
    if (kind.type == "sql_sink") return RowsIn::Server;
    if (kind.type == "hbase_sink") return RowsIn::Hbase;
    return kind.type == "webhdfs_sink" ? RowsIn::Folder : RowsIn::Messages;
}

/// What counts in the file, or the default; null: the parameter is none of the node, or does not apply.
Json givenValue(const SideNode& node, std::string_view name) {
    const ParamSpec* const spec = node.kind->param(name);
    if (spec == nullptr || !applies(*spec, *node.kind, node.params)) return nullptr;
    const Json& value = paramValue(*spec, node.params);
    return isBlank(value) ? Json() : value;
}

std::string givenText(const SideNode& node, std::string_view name) {
    const Json value = givenValue(node, name);
    return value.is_string() ? value.get<std::string>() : std::string();
}

/// The value of a choice as people see it.
Text choiceOf(const SideNode& node, std::string_view name) {
    const std::string value = givenText(node, name);
    const ParamSpec* const spec = node.kind->param(name);
    if (spec != nullptr) {
        for (const Choice& choice : spec->choices) {
            if (choice.value == value) return choice.label;
        }
    }
    return RW_TEXT("forecast", "%1").with(value);
}

bool givesOtherParams(const SideNode& was, const SideNode& is) {
    return std::any_of(is.kind->params.begin(), is.kind->params.end(), [&](const ParamSpec& spec) {
        return givenValue(was, spec.name) != givenValue(is, spec.name);
    });
}

bool endsByItself(const Side& side) {
    return std::none_of(side.nodes.begin(), side.nodes.end(),
                        [](const SideNode& node) { return node.isSource() && node.typed.bound->live; });
}

/// Whether its rows take their place at the end of the run only.
bool isPlacedAtEnd(const Side& side, const SideNode& node) {
    if (!endsByItself(side)) return false;
    const RowsIn in = rowsIn(*node.kind);
    if (in == RowsIn::File) return givenText(node, "path") != "-";
    return (in == RowsIn::Sqlite || in == RowsIn::Server) && givenText(node, "mode") == "replace";
}

const StreamType& rowsOf(const SideNode& node) {
    static const StreamType kNone;
    const auto& inputs = node.typed.inputs;
    return inputs.empty() || inputs.front().empty() ? kNone : inputs.front().front();
}

/// The columns by which a row takes the place of another; none: no row does.
std::vector<std::string> replacingKey(const SideNode& node) {
    std::vector<std::string> names;
    for (const std::string_view param : {"key", "row_key"}) {
        const Json given = givenValue(node, param);
        for (std::size_t i = 0; given.is_array() && i < given.size(); ++i)
            names.push_back(given[i].get<std::string>());
    }
    const RowsIn in = rowsIn(*node.kind);
    const bool upserts =
        in != RowsIn::Sqlite && in != RowsIn::Server ? true : node.typed.bound->stores->byKey;
    if (!names.empty() || !upserts || node.kind->param("key") == nullptr) return names;
    const StreamType& rows = rowsOf(node);
    for (const int column : rows.key)
        names.push_back(rows.schema->fields[static_cast<std::size_t>(column)].name);
    return names;
}

std::string joinedNames(const std::vector<std::string>& names) {
    std::string out;
    for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
    return shortened(out, kShownNamesBytes);
}

/// A sentence about names; empty where there are none.
Text ofNames(Text words, const std::vector<std::string>& names) {
    return names.empty() ? Text() : std::move(words).with(joinedNames(names));
}

struct OtherColumns {
    std::vector<std::string> added{}, gone{}, retyped{};
    bool reordered = false;
    bool any() const { return reordered || !added.empty() || !gone.empty() || !retyped.empty(); }
};

/// The columns as they are written: files of rows that change have one more.
std::vector<Field> writtenColumns(const SideNode& node) {
    const StreamType& rows = rowsOf(node);
    std::vector<Field> out;
    if (rows.updating && rowsIn(*node.kind) == RowsIn::File) out.push_back({"op", Type{TypeId::String}});
    out.insert(out.end(), rows.schema->fields.begin(), rows.schema->fields.end());
    return out;
}

OtherColumns otherColumns(const SideNode& was, const SideNode& is) {
    const bool anyCase = rowsIn(*is.kind) == RowsIn::Sqlite;
    const std::vector<Field> before = writtenColumns(was), now = writtenColumns(is);
    const auto named = [anyCase](const std::vector<Field>& fields, const std::string& name) {
        return std::find_if(fields.begin(), fields.end(), [&](const Field& field) {
            return anyCase ? sameAsciiWord(field.name, name) : field.name == name;
        });
    };
    OtherColumns out;
    for (const Field& field : now) {
        const auto old = named(before, field.name);
        if (old == before.end()) {
            out.added.push_back(field.name);
        } else if (!(old->type == field.type)) {
            out.retyped.push_back(field.name + " " + toString(field.type));
        }
    }
    for (const Field& field : before) {
        if (named(now, field.name) == now.end()) out.gone.push_back(field.name);
    }
    out.reordered = out.added.empty() && out.gone.empty() &&
                    !std::equal(before.begin(), before.end(), now.begin(), now.end(),
                                [](const Field& a, const Field& b) { return sameAsciiWord(a.name, b.name); });
    return out;
}

/// The nodes above one, and itself.
std::vector<bool> reaching(const Side& side, std::size_t node) {
    std::vector<bool> out(side.nodes.size(), false);
    const std::function<void(std::size_t)> mark = [&](std::size_t at) {
        if (out[at]) return;
        out[at] = true;
        for (const std::size_t wire : side.nodes[at].in) mark(side.wires[wire].from);
    };
    mark(node);
    return out;
}

class OutputJudge {
 public:
    OutputJudge(const Compared& it, const Forecast& states) : m_it(it), m_states(states) {}

    std::vector<OutputForecast> run() {
        for (std::size_t i = 0; i < m_it.now.nodes.size(); ++i) {
            if (m_it.now.nodes[i].isSink()) tellOf(i);
        }
        for (std::size_t i = 0; i < m_it.before.nodes.size(); ++i) {
            if (m_it.before.nodes[i].isSink() && !m_it.after[i]) tellEnd(i);
        }
        return std::move(m_out);
    }

 private:
    void tell(const SideNode& node, OutputFate fate, Text what) {
        m_out.push_back({node.id, node.title, fate, std::exchange(m_refusable, false), std::move(what)});
    }

    void tellEnd(std::size_t old) {
        const SideNode& node = m_it.before.nodes[old];
        Text what = RW_TEXT("outputs", "It gets no new rows. What it has written stays.");
        if (node.kind->chart) {
            what = RW_TEXT("outputs", "It is gone, with what it shows.");
        } else if (isPlacedAtEnd(m_it.before, node)) {
            what = RW_TEXT("outputs",
                           "It gets no new rows. What it has written was to take its place at the end of the "
                           "run, and does not.");
        }
        tell(node, OutputFate::Ends, std::move(what));
    }

    void tellOf(std::size_t i) {
        const SideNode& is = m_it.now.nodes[i];
        if (!m_it.of[i]) {
            Text what =
                is.kind->chart
                    ? RW_TEXT("outputs", "It is new: it is empty at first, and shows rows from now on.")
                    : RW_TEXT("outputs", "It is new: it gets the rows from now on.");
            return tell(is, OutputFate::New, followed(std::move(what), whatIsThere(is)));
        }
        const SideNode& was = m_it.before.nodes[*m_it.of[i]];
        const Text cause = causeOf(*m_it.of[i], i);
        if (cause.empty() && !givesOtherParams(was, is) && !otherColumns(was, is).any()) return;
        if (is.kind->chart) return tellChart(i, cause);
        const Text elsewhere = elsewhereOf(was, is);
        const bool emptied = rowsIn(*is.kind) == RowsIn::Server && isPlacedAtEnd(m_it.now, is) &&
                             !isPlacedAtEnd(m_it.before, was);
        const Text stay = emptied ? Text() : stays(is);
        Text what = !elsewhere.empty() ? elsewhere : followed(stay, changesOf(was, is));
        what = followed(followed(std::move(what), cause), anewAbove(i));
        tell(is, elsewhere.empty() ? OutputFate::GoesOn : OutputFate::Elsewhere, std::move(what));
    }

    void tellChart(std::size_t i, const Text& cause) {
        const SideNode& is = m_it.now.nodes[i];
        const auto state = m_states.nodes.find(is.id);
        const bool anew = state != m_states.nodes.end() && state->second.fate == StateFate::StartsAnew;
        Text what = anew ? RW_TEXT("outputs", "It begins empty: what it shows is dropped.")
                         : RW_TEXT("outputs", "What it shows stays.");
        what = followed(std::move(what), cause);
        if (!anew) what = followed(std::move(what), anewAbove(i));
        tell(is, anew ? OutputFate::BeginsAnew : OutputFate::GoesOn, std::move(what));
    }

    /// `words` say when the edit is refused.
    Text refusable(Text words) {
        if (!words.empty()) m_refusable = true;
        return words;
    }

    static Text stays(const SideNode& node) {
        return rowsIn(*node.kind) == RowsIn::Messages ? RW_TEXT("outputs", "What it has sent stays.")
                                                      : RW_TEXT("outputs", "What it has written stays.");
    }

    /// What becomes of what was there before an output that takes its place.
    static Text whatIsThere(const SideNode& node) {
        const RowsIn in = rowsIn(*node.kind);
        if (in == RowsIn::File && givenText(node, "path") != "-")
            return RW_TEXT("outputs", "A file of that name is replaced.");
        if (in == RowsIn::Sqlite && givenText(node, "mode") == "replace")
            return RW_TEXT("outputs", "A table of that name is made anew.");
        return {};
    }

    /// The parameters that say where rows go, and differ.
    static std::vector<std::string_view> otherPlaces(const SideNode& was, const SideNode& is) {
        std::vector<std::string_view> out;
        for (const ParamSpec& spec : is.kind->params) {
            const bool place = spec.kind == ParamKind::OutputPath || spec.kind == ParamKind::Connection ||
                               spec.name == "table" || spec.name == "topic" || spec.name == "path";
            if (!place) continue;
            const std::string before = givenText(was, spec.name), now = givenText(is, spec.name);
            const bool folded = spec.name == "table" && rowsIn(*is.kind) == RowsIn::Sqlite;
            if (folded ? !sameAsciiWord(before, now) : before != now) out.push_back(spec.name);
        }
        return out;
    }

    /// Empty: rows go where they went.
    Text elsewhereOf(const SideNode& was, const SideNode& is) {
        const std::vector<std::string_view> places = otherPlaces(was, is);
        if (places.empty()) return {};
        std::vector<std::string> from, to;
        for (const std::string_view place : places) {
            from.push_back(givenText(was, place));
            to.push_back(givenText(is, place));
        }
        const std::string before = joinedNames(from), now = joinedNames(to);
        const RowsIn in = rowsIn(*is.kind);
        if (in == RowsIn::File && now == "-") {
            return refusable(
                RW_TEXT("outputs",
                        "It wrote “%1”, and is to write to standard output now: the edit is refused.")
                    .with(before));
        }
        // A table is known by its name in the file, and rows that wait for the end by their file.
        const bool fileAlone = places == std::vector<std::string_view>{"database"};
        if ((in == RowsIn::Sqlite && fileAlone) || (in == RowsIn::File && isPlacedAtEnd(m_it.before, was))) {
            return refusable(
                RW_TEXT("outputs",
                        "Its place is “%1” now, “%2” before. The edit is refused, unless the file was moved "
                        "there with what the run has written.")
                    .with(now, before));
        }
        Text what =
            isPlacedAtEnd(m_it.before, was)
                ? RW_TEXT("outputs",
                          "New rows go to “%1”. What it has written to “%2” was to take its place at the end "
                          "of the run, and does not.")
                : RW_TEXT("outputs", "New rows go to “%1”. What it has written to “%2” stays.");
        return followed(std::move(what).with(now, before), whatIsThere(is));
    }

    Text changesOf(const SideNode& was, const SideNode& is) {
        Text what = followed(modeOf(was, is), keyOf(was, is));
        return followed(std::move(what), columnsOf(was, is));
    }

    Text modeOf(const SideNode& was, const SideNode& is) {
        const std::string before = givenText(was, "mode"), now = givenText(is, "mode");
        if (before == now) return {};
        Text what = RW_TEXT("outputs", "The mode is %1 now, %2 before.")
                        .with(choiceOf(is, "mode"), choiceOf(was, "mode"));
        const RowsIn in = rowsIn(*is.kind);
        if (in == RowsIn::Sqlite && isPlacedAtEnd(m_it.before, was)) {
            return refusable(followed(std::move(what),
                                      RW_TEXT("outputs",
                                              "The rows so far are to replace the table at the end of the "
                                              "run: the edit is refused.")));
        }
        if (in == RowsIn::Server && isPlacedAtEnd(m_it.now, is)) {
            return followed(std::move(what),
                            RW_TEXT("outputs", "At the end of the run new rows replace all in the table."));
        }
        return what;
    }

    Text keyOf(const SideNode& was, const SideNode& is) {
        const std::vector<std::string> before = replacingKey(was), now = replacingKey(is);
        const RowsIn in = rowsIn(*is.kind);
        const bool table = in == RowsIn::Sqlite || in == RowsIn::Server;
        if (before == now) return {};
        if (table && now.empty()) {
            return is.typed.bound->stores->byKey
                       ? RW_TEXT("outputs",
                                 "The rows have no key now: each takes the place of all in the table.")
                       : Text();
        }
        const std::string names = joinedNames(now);
        if (table) {
            return refusable(
                RW_TEXT("outputs",
                        "The key is %1 now. The edit is refused where the table has no primary key or unique "
                        "index on it.")
                    .with(names));
        }
        if (now.empty() || before.empty()) return {};
        return in == RowsIn::Hbase
                   ? RW_TEXT(
                         "outputs",
                         "The row key is %1 now: rows under the key before, %2, are not updated any more.")
                         .with(names, joinedNames(before))
                   : RW_TEXT("outputs", "The key of messages is %1 now, %2 before.")
                         .with(names, joinedNames(before));
    }

    Text columnsOf(const SideNode& was, const SideNode& is) {
        const OtherColumns columns = otherColumns(was, is);
        Text what;
        switch (rowsIn(*is.kind)) {
            case RowsIn::Sqlite:
                what = ofNames(RW_TEXT("outputs", "Added to the table, and NULL in the rows so far: %1."),
                               columns.added);
                what = followed(std::move(what),
                                ofNames(RW_TEXT("outputs", "NULL in new rows: %1."), columns.gone));
                return followed(std::move(what), typesOf(columns));
            case RowsIn::Server:
                what = refusable(
                    ofNames(RW_TEXT("outputs",
                                    "New in the rows: %1. The edit is refused where the table lacks them."),
                            columns.added));
                what = followed(std::move(what),
                                ofNames(RW_TEXT("outputs", "NULL, or the table's default, in new rows: %1."),
                                        columns.gone));
                return followed(std::move(what), typesOf(columns));
            case RowsIn::Chart:
                return {};
            case RowsIn::File:
            case RowsIn::Hbase:
            case RowsIn::Folder:
            case RowsIn::Messages:
                break;
        }
        what = ofNames(RW_TEXT("outputs", "Only new rows have: %1."), columns.added);
        what = followed(std::move(what), ofNames(RW_TEXT("outputs", "New rows lack: %1."), columns.gone));
        what = followed(std::move(what),
                        ofNames(RW_TEXT("outputs", "Of another type in new rows: %1."), columns.retyped));
        const bool csv = is.kind->type == "csv_sink";
        if (columns.reordered && csv)
            what = followed(std::move(what),
                            RW_TEXT("outputs", "The columns of new rows are in another order."));
        const bool header = csv && givenValue(was, "header") == Json(true);
        const bool otherHeader = columns.reordered || !columns.added.empty() || !columns.gone.empty();
        if (header && otherHeader)
            what = followed(std::move(what), RW_TEXT("outputs", "The header stays as it was written."));
        return what;
    }

    Text typesOf(const OtherColumns& columns) {
        return refusable(ofNames(
            RW_TEXT("outputs",
                    "Of another type now: %1. The edit is refused where the columns of the table do not "
                    "take them."),
            columns.retyped));
    }

    /// Why new rows are others; empty: nothing above the output was changed.
    Text causeOf(std::size_t old, std::size_t i) const {
        const std::vector<bool> now = reaching(m_it.now, i), before = reaching(m_it.before, old);
        std::vector<std::string> names;
        for (std::size_t node = 0; node < now.size(); ++node) {
            if (!now[node] || node == i) continue;
            const SideNode& is = m_it.now.nodes[node];
            const auto& was = m_it.of[node];
            if (!was || givesOtherParams(m_it.before.nodes[*was], is)) names.push_back("“" + is.title + "”");
        }
        for (std::size_t node = 0; node < before.size(); ++node) {
            if (before[node] && !m_it.after[node]) names.push_back("“" + m_it.before.nodes[node].title + "”");
        }
        if (!names.empty()) return ofNames(RW_TEXT("outputs", "New rows follow the change of %1."), names);
        return wiresAbove(before, now) ? RW_TEXT("outputs", "New rows come by other wires.") : Text();
    }

    /// Whether other wires than before lead to these nodes.
    bool wiresAbove(const std::vector<bool>& before, const std::vector<bool>& now) const {
        using Ends = std::tuple<std::size_t, int, std::size_t, int>;
        std::multiset<Ends> old, current;
        for (const SideWire& wire : m_it.before.wires) {
            if (before[wire.to] && m_it.after[wire.from] && m_it.after[wire.to])
                old.emplace(*m_it.after[wire.from], wire.fromPort, *m_it.after[wire.to], wire.toPort);
        }
        for (const SideWire& wire : m_it.now.wires) {
            if (now[wire.to]) current.emplace(wire.from, wire.fromPort, wire.to, wire.toPort);
        }
        return old != current;
    }

    /// What nodes above that begin without their state mean for the rows that are there.
    Text anewAbove(std::size_t i) const {
        const std::vector<bool> above = reaching(m_it.now, i);
        std::vector<std::string> sources, others;
        for (std::size_t node = 0; node < above.size(); ++node) {
            const SideNode& is = m_it.now.nodes[node];
            const auto state = m_states.nodes.find(is.id);
            const bool lost = above[node] && node != i && state != m_states.nodes.end() &&
                              state->second.fate == StateFate::StartsAnew && !state->second.isNew();
            if (lost) (is.isSource() ? sources : others).push_back("“" + is.title + "”");
        }
        Text what =
            ofNames(RW_TEXT("outputs", "Read from the beginning: %1. Rows that were written may come again."),
                    sources);
        const auto& stores = m_it.now.nodes[i].typed.bound->stores;
        if (!stores || !stores->byKey) return what;
        return followed(
            std::move(what),
            ofNames(RW_TEXT("outputs",
                            "Without what it has kept: %1. New results take the place of those with the "
                            "same key."),
                    others));
    }

    const Compared& m_it;
    const Forecast& m_states;
    bool m_refusable = false;  ///< what is told of the present output says when the edit is refused
    std::vector<OutputForecast> m_out{};
};

}  // namespace

}  // namespace forecasting

std::string_view outputFateName(OutputFate fate) {
    switch (fate) {
        case OutputFate::GoesOn:
            return "goes-on";
        case OutputFate::BeginsAnew:
            return "begins-anew";
        case OutputFate::Elsewhere:
            return "elsewhere";
        case OutputFate::New:
            return "new";
        case OutputFate::Ends:
            break;
    }
    return "ends";
}

Result<std::vector<OutputForecast>> outputForecasts(ForecastOf deployed, ForecastOf edited,
                                                    const Catalogue& catalogue, const Forecast& states) {
    RW_TRY_ASSIGN(const forecasting::Side before,
                  forecasting::makeSide(deployed.pipeline, catalogue, deployed.options, true));
    RW_TRY_ASSIGN(const forecasting::Side now,
                  forecasting::makeSide(edited.pipeline, catalogue, edited.options, true));
    const forecasting::Compared compared = forecasting::compared(before, now);
    return forecasting::OutputJudge(compared, states).run();
}

}  // namespace rw
