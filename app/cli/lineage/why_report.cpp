#include "app/cli/lineage/why_report.h"

#include <fmt/format.h>

#include "core/base/figures.h"
#include "core/base/table_text.h"
#include "core/connect/ndjson/writer.h"
#include "core/data/text.h"
#include "core/lineage/passed_by.h"

namespace rw::cli {

namespace {

constexpr std::size_t kMostShown = 50, kFirstShown = 20, kLastShown = 5;
constexpr std::size_t kLongestLine = 300;  ///< bytes of a row
constexpr std::size_t kLongestWords = 1'000;  ///< of a reason: what helps stands at its end

std::string timestamp(Instant time) {
    std::string text;
    appendTimestamp(text, time);
    return text;
}

std::string counted(std::uint64_t rows) {
    return figures::counted(rows, "row", "rows");
}

std::string shortened(std::string line, std::size_t longest = kLongestLine) {
    if (line.size() <= longest) return line;
    std::size_t end = longest;
    while (end > 0 && (static_cast<unsigned char>(line[end]) & 0xC0U) == 0x80U) --end;
    return line.substr(0, end) + "…";
}

std::string rowLine(const Batch& row) {
    return printableLine(shortened(rowText(row, 0)));
}

/// Which partition it is of, and where it stands there, which older tapes do not say.
std::string placeText(const RowOrigin& origin) {
    if (!origin.topic) return origin.partition;
    const std::string offset =
        origin.offset ? figures::count(static_cast<std::uint64_t>(*origin.offset)) : "unknown";
    return fmt::format("{}, partition {}, offset {}", origin.topic->topic, origin.topic->number, offset);
}

std::string originText(const RowOrigin& origin) {
    std::string text;
    if (!origin.file.empty()) text = fmt::format("{}:{}", origin.file, origin.line);
    if (const std::string place = placeText(origin); !place.empty())
        text += (text.empty() ? "" : ", ") + place;
    if (origin.number >= 0 && !origin.offset)
        text += fmt::format("{}row {}", text.empty() ? "" : ", ", origin.number + 1);
    if (origin.taped) text += fmt::format(", read {}", timestamp(*origin.taped));
    return text;
}

std::string rowText(const LineageRow& row) {
    std::string line = "    " + rowLine(row.row);
    if (row.lateBy > 0) line += "  late by " + english(figures::age(row.lateBy));
    if (row.origin) line += "  (" + printableLine(originText(*row.origin)) + ")";
    line += '\n';
    if (!row.why.empty()) line += "      " + printableLine(shortened(english(row.why))) + "\n";
    if (row.origin && !row.origin->file.empty())
        line += "      " + printableLine(shortened(row.origin->text)) + "\n";
    return line;
}

std::string rowsText(const std::vector<LineageRow>& rows, std::uint64_t count) {
    std::string out;
    const bool all = rows.size() <= kMostShown;
    for (std::size_t i = 0; i < rows.size(); ++i) {
        if (!all && i == kFirstShown)
            out += fmt::format("    … {} more\n", rows.size() - kFirstShown - kLastShown);
        if (all || i < kFirstShown || i + kLastShown >= rows.size()) out += rowText(rows[i]);
    }
    if (count > rows.size() && !rows.empty())
        out += fmt::format("    these are the last {} of {}\n", rows.size(), count);
    return out;
}

/// Which of all these are. --after leads on to those behind them where `leads`.
std::string shareText(const LineageStep& step, bool leads) {
    const std::uint64_t shown = step.after + step.rows.size();
    if (step.rows.empty() || (step.after == 0 && shown == step.count)) return {};
    std::string text = step.after == 0 ? fmt::format("    these are the newest {} of {}", shown, step.count)
                                       : fmt::format("    these are {} to {} of {}, from the newest on",
                                                     step.after + 1, shown, step.count);
    if (leads) text += fmt::format("; --after {} shows more", shown);
    return text + "\n";
}

std::string wordsText(const std::vector<Text>& words) {
    std::string out;
    for (const Text& each : words) out += (out.empty() ? "" : "; ") + english(each);
    return printableLine(shortened(out, kLongestWords));
}

std::string portText(const PortRef& port) {
    return printableLine(writeOutput(port));
}

std::string stepText(const LineageStep& step, bool leads) {
    if (step.from.node.empty())
        return fmt::format("{} ← {}: {}\n", printableLine(step.to), step.input, wordsText(step.words));
    std::string out = fmt::format("{} ← {} ({}): {}: {}\n", printableLine(step.to), portText(step.from),
                                  printableLine(step.type), wordsText(step.words), counted(step.count));
    if (step.counted) return out;
    out += rowsText(step.rows, step.rows.size()) + shareText(step, leads);
    if (!step.together.empty())
        out += "  " + printableLine(shortened(english(totalWords(step.together)), kLongestWords)) + "\n";
    if (step.judged && step.lateCount == 0) out += "  none came too late\n";
    if (step.lateCount > 0) {
        out += fmt::format("  too late, so without a part: {}\n", counted(step.lateCount));
        out += rowsText(step.late, step.lateCount);
        out += "  " + wordsText({step.lateMend}) + "\n";
        if (const Text with = withLateWords(step.withLate); !with.empty())
            out += "  " + printableLine(shortened(english(with), kLongestWords)) + "\n";
    }
    for (const LeftOut& left : step.leftOut) {
        out += fmt::format("  {} by {}: {}\n", left.rejected ? "rejected" : "left out",
                           printableLine(left.node), counted(left.count));
        out += rowsText(left.rows, left.count);
    }
    return out;
}

std::string displacedText(const LineageDisplaced& displaced) {
    return fmt::format("displaced by {}: {}: {}\n", printableLine(displaced.node), wordsText(displaced.words),
                       counted(displaced.count)) +
           rowsText(displaced.rows, displaced.rows.size()) +
           (!displaced.rows.empty() && displaced.rows.size() < displaced.count
                ? fmt::format("    these are the first {} of {}\n", displaced.rows.size(), displaced.count)
                : std::string());
}

std::string notesText(const std::vector<Text>& notes) {
    std::string out;
    for (const Text& note : notes) out += "note: " + printableLine(english(note)) + "\n";
    return out;
}

Json cellsJson(const Batch& row) {
    std::string text;
    if (row.rows == 0) return Json();
    const NdjsonWriter writer(*row.schema, false);
    Batch plain = row;
    plain.kinds = nullptr;
    const sql::RowErrors errors = writer.appendRows(text, plain);
    if (!errors.empty()) return Json(rw::rowText(row, 0));
    Json parsed = Json::parse(text, nullptr, false);
    return parsed.is_discarded() ? Json(rw::rowText(row, 0)) : parsed;
}

Json wordsJson(const std::vector<Text>& words) {
    Json out = Json::array();
    for (const Text& each : words) out.push_back(english(each));
    return out;
}

Json originJson(const RowOrigin& origin) {
    Json out = Json::object();
    if (origin.number >= 0) out["row"] = origin.number + 1;
    if (origin.topic) {
        out["topic"] = origin.topic->topic;
        out["partition"] = origin.topic->number;
        out["offset"] = origin.offset ? Json(*origin.offset) : Json();
    } else if (!origin.partition.empty()) {
        out["partition"] = origin.partition;
    }
    if (!origin.file.empty()) {
        out["file"] = origin.file;
        out["line"] = origin.line;
        out["text"] = origin.text;
    }
    if (origin.taped) out["read"] = timestamp(*origin.taped);
    return out;
}

Json rowJson(const LineageRow& row) {
    Json out{{"values", cellsJson(row.row)}};
    if (row.lateBy > 0) out["late_by_ms"] = row.lateBy;
    if (!row.why.empty()) out["why"] = english(row.why);
    if (row.origin) out["origin"] = originJson(*row.origin);
    return out;
}

Json rowsJson(const std::vector<LineageRow>& rows) {
    Json out = Json::array();
    for (const LineageRow& row : rows) out.push_back(rowJson(row));
    return out;
}

/// “now” and “then” have the aggregates that change, and are empty where none does.
Json withLateJson(const WithLate& with) {
    if (with.told != WithLate::Told::Row) return Json{{"why", english(withLateWords(with))}};
    const auto values = [](const Batch& row) { return row.rows > 0 ? cellsJson(row) : Json::object(); };
    return Json{{"now", values(with.now)}, {"then", values(with.then)}};
}

Json stepJson(const LineageStep& step) {
    Json out{{"to", step.to}, {"input", step.input}, {"words", wordsJson(step.words)}, {"count", step.count}};
    if (step.from.node.empty()) return out;
    out["node"] = step.from.node;
    out["port"] = step.from.port;
    out["type"] = step.type;
    out["source"] = step.source;
    if (step.counted) {
        out["counted"] = true;
        return out;
    }
    if (step.after > 0) out["after"] = step.after;
    out["rows"] = rowsJson(step.rows);
    if (step.together.values.rows > 0) out["together"] = cellsJson(step.together.values);
    out["late_count"] = step.lateCount;
    out["late"] = rowsJson(step.late);
    if (step.lateCount > 0) out["late_mend"] = english(step.lateMend);
    if (step.withLate.told != WithLate::Told::Nothing) out["with_late"] = withLateJson(step.withLate);
    out["left_out"] = Json::array();
    for (const LeftOut& left : step.leftOut)
        out["left_out"].push_back({{"node", left.node},
                                   {"rejected", left.rejected},
                                   {"count", left.count},
                                   {"rows", rowsJson(left.rows)}});
    return out;
}

Json heldByJson(const WatermarkHolder& holder) {
    Json out{{"source", holder.source}};
    if (!holder.partition.empty()) out["partition"] = holder.partition;
    if (holder.watermark != kMinTimestamp) out["watermark"] = timestamp(holder.watermark);
    if (holder.since) {
        out[holder.sinceBefore ? "since_before" : "since"] = timestamp(*holder.since);
        out["for_ms"] = holder.lasts;
    }
    return out;
}

/// Why the watermark at which something happened to the row matters.
std::string watermarkText(const Lineage& lineage) {
    const std::string watermark = timestamp(*lineage.firedAt);
    if (!lineage.late)
        return fmt::format("  its window fired when the watermark had come to {}\n", watermark);
    const std::string by = english(figures::age(lineage.late->by));
    if (!lineage.late->windowEnd)
        return fmt::format("  it came too late by {}: the watermark had come to {}\n", by, watermark);
    return fmt::format(
        "  it came too late by {}: its window until {} had closed, the watermark had come to {}\n", by,
        timestamp(*lineage.late->windowEnd), watermark);
}

}  // namespace

std::string lineageText(const Lineage& lineage) {
    std::string out = "the row: " + rowLine(lineage.row) + "\n";
    if (lineage.matched > 1)
        out += fmt::format("  the last of {} for which the condition is true\n",
                           figures::counted(lineage.matched, "row", "rows"));
    if (lineage.firedAt) {
        out += watermarkText(lineage);
        for (const WatermarkRaiser& raiser : lineage.raisers)
            out += fmt::format("  {} was brought there by\n", printableLine(raiser.source)) +
                   rowText(raiser.row);
        if (lineage.raisers.empty()) out += "  the end of its sources brought it there\n";
    }
    for (const LineageStep& step : lineage.steps) out += stepText(step, leadsOn(lineage, step));
    for (const LineageDisplaced& displaced : lineage.displaced) out += displacedText(displaced);
    return out + notesText(lineage.notes);
}

std::string missingText(const MissingAnswer& answer) {
    std::string out;
    if (answer.there > 0) {
        return fmt::format("it is there: {} for which the condition is true\n", counted(answer.there)) +
               notesText(answer.notes);
    }
    out += "it would need: " + wordsText(answer.sought) + "\n";
    for (const MissingStep& step : answer.steps) {
        out +=
            fmt::format("{} ({}): {}\n", portText(step.from), printableLine(step.type), counted(step.count));
        out += rowsText(step.rows, step.count);
    }
    for (const MissingEnd& end : answer.ends) {
        const bool nothing = end.fate == MissingEnd::Fate::NoSuchRow && end.words.empty();
        out += fmt::format("{}: {}{}\n", printableLine(end.node),
                           end.count > 0 ? counted(end.count) + " ended here: " : std::string(),
                           nothing ? std::string("no such row") : wordsText(end.words));
        // Not of these: rows that are there in place of the one that is missed, or nearly it.
        const bool others = end.fate == MissingEnd::Fate::NoSuchRow || end.fate == MissingEnd::Fate::Used ||
                            end.fate == MissingEnd::Fate::Displaced;
        out += rowsText(end.rows, others ? end.rows.size() : end.count);
    }
    return out + notesText(answer.notes);
}

Json lineageJson(const Lineage& lineage) {
    Json out{{"matched", lineage.matched}, {"row", cellsJson(lineage.row)}};
    if (lineage.late) {
        out["late_by_ms"] = lineage.late->by;
        if (lineage.late->windowEnd) out["late_for"] = timestamp(*lineage.late->windowEnd);
    }
    if (lineage.firedAt) {
        out["fired_at"] = timestamp(*lineage.firedAt);
        out["raised_by"] = Json::array();
        for (const WatermarkRaiser& raiser : lineage.raisers)
            out["raised_by"].push_back({{"source", raiser.source}, {"row", rowJson(raiser.row)}});
    }
    out["steps"] = Json::array();
    for (const LineageStep& step : lineage.steps) out["steps"].push_back(stepJson(step));
    for (const LineageDisplaced& displaced : lineage.displaced) {
        out["displaced"].push_back({{"node", displaced.node},
                                    {"words", wordsJson(displaced.words)},
                                    {"count", displaced.count},
                                    {"rows", rowsJson(displaced.rows)}});
    }
    out["notes"] = wordsJson(lineage.notes);
    return out;
}

Json missingJson(const MissingAnswer& answer) {
    constexpr const char* kFates[] = {"no_such_row", "filtered",  "rejected", "late", "waiting",
                                      "alone",       "displaced", "nearest",  "used"};
    Json out{{"there", answer.there}, {"sought", wordsJson(answer.sought)}, {"steps", Json::array()}};
    for (const MissingStep& step : answer.steps) {
        out["steps"].push_back({{"node", step.from.node},
                                {"port", step.from.port},
                                {"type", step.type},
                                {"source", step.source},
                                {"count", step.count},
                                {"rows", rowsJson(step.rows)}});
    }
    out["ends"] = Json::array();
    for (const MissingEnd& end : answer.ends) {
        out["ends"].push_back({{"fate", kFates[static_cast<std::size_t>(end.fate)]},
                               {"node", end.node},
                               {"count", end.count},
                               {"words", wordsJson(end.words)},
                               {"rows", rowsJson(end.rows)}});
        if (end.heldBy) out["ends"].back()["held_by"] = heldByJson(*end.heldBy);
    }
    out["notes"] = wordsJson(answer.notes);
    return out;
}

}  // namespace rw::cli
