#include "core/nodes/frame_param.h"

#include <charconv>
#include <utility>
#include <vector>

#include "core/pipeline/bind_checks.h"
#include "core/sql/parse/parser.h"

namespace rw {

namespace {

constexpr const char* kAllBefore = "RANGE UNBOUNDED PRECEDING";  // SQL's default
constexpr const char* kExamples[] = {"ROWS 9 PRECEDING", "RANGE '5min' PRECEDING", kAllBefore};
constexpr std::int64_t kMostFrameRows = 1'000'000'000;

class FrameParser {
 public:
    explicit FrameParser(std::vector<sql::Token> tokens) : m_tokens(std::move(tokens)) {}

    sql::Parsed<Frame> parse() {
        Frame frame;
        if (accept("ROWS")) {
            frame.unit = Frame::Unit::Rows;
        } else if (!accept("RANGE")) {
            return wrong(RW_TEXT("over_aggregate", "A frame begins with ROWS or RANGE."),
                         RW_TEXT("over_aggregate", "ROWS counts the rows before, RANGE goes by their time."));
        }
        const bool between = accept("BETWEEN");
        if (!accept("UNBOUNDED")) {
            sql::Parsed<std::int64_t> length = frame.unit == Frame::Unit::Rows ? rows() : time();
            if (auto* const error = std::get_if<sql::SqlError>(&length)) return std::move(*error);
            frame.preceding = std::get<std::int64_t>(length);
        }
        if (!accept("PRECEDING")) {
            return wrong(RW_TEXT("over_aggregate", "PRECEDING is missing."),
                         RW_TEXT("over_aggregate",
                                 "A frame reaches back from its row; rows behind it have not come yet."),
                         atEnd() ? " PRECEDING" : "");
        }
        if (between && !(accept("AND") && accept("CURRENT") && accept("ROW"))) {
            return wrong(RW_TEXT("over_aggregate", "A frame ends with its row."),
                         RW_TEXT("over_aggregate", "Write AND CURRENT ROW, or leave BETWEEN out."));
        }
        if (!atEnd()) {
            return wrong(RW_TEXT("over_aggregate", "The frame has ended before this."),
                         RW_TEXT("over_aggregate", "Take it away."));
        }
        return frame;
    }

 private:
    using Kind = sql::Token::Kind;

    const sql::Token& next() const { return m_tokens[m_at]; }
    bool atEnd() const { return next().kind == Kind::End; }
    bool accept(std::string_view word) {
        if (!next().isKeyword(word)) return false;
        ++m_at;
        return true;
    }
    sql::SqlError wrong(Text message, Text fix, std::string replacement = {}) const {
        const sql::Span where = next().span;
        return {std::move(message),      std::move(fix),         where.begin,
                where.end - where.begin, std::move(replacement), {}};
    }

    sql::Parsed<std::int64_t> rows() {
        const std::string& text = next().text;
        std::int64_t count = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        const bool whole = error == std::errc() && end == text.data() + text.size();
        if (next().kind == Kind::Number && whole && count <= kMostFrameRows) {
            ++m_at;
            return count;
        }
        if (next().kind == Kind::Number && (whole || error == std::errc::result_out_of_range)) {
            return wrong(RW_TEXT("over_aggregate", "These are more rows than are kept."),
                         RW_TEXT("over_aggregate", "UNBOUNDED takes all that came before, and keeps none."),
                         "UNBOUNDED");
        }
        return wrong(
            RW_TEXT("over_aggregate", "ROWS needs a number of rows, or UNBOUNDED."),
            RW_TEXT("over_aggregate", "Write it so: ROWS 9 PRECEDING, the row and the nine before it."));
    }

    sql::Parsed<std::int64_t> time() {
        if (next().isKeyword("INTERVAL")) return interval();
        if (next().kind != Kind::String) {
            return wrong(RW_TEXT("over_aggregate", "RANGE needs a length of time in quotes, or UNBOUNDED."),
                         RW_TEXT("over_aggregate", "Write it so: RANGE '5min' PRECEDING."));
        }
        const Result<Millis> length = parseDuration(next().text);
        if (!length.ok()) return wrong(length.error().message, length.error().fix);
        if (*length < 0) {
            return wrong(RW_TEXT("over_aggregate", "The length of a frame has no minus."),
                         RW_TEXT("over_aggregate", "PRECEDING says that it reaches back."));
        }
        ++m_at;
        return *length;
    }

    /// INTERVAL '5' MINUTE
    sql::Parsed<std::int64_t> interval() {
        accept("INTERVAL");
        if (next().kind == Kind::String) {
            const auto length = sql::parseInterval(next().text, m_tokens[m_at + 1].upper, {});
            if (length && !length->months && length->amount >= 0) {
                m_at += 2;
                return length->amount;
            }
        }
        return wrong(RW_TEXT("over_aggregate", "This is not the length of a frame."),
                     RW_TEXT("over_aggregate", "Write it so: RANGE '5min' PRECEDING."));
    }

    std::vector<sql::Token> m_tokens;  ///< the last one is the end, which is never taken
    std::size_t m_at = 0;
};

}  // namespace

sql::Parsed<Frame> parseFrame(std::string_view text) {
    auto tokens = sql::tokenize(text);
    if (auto* const error = std::get_if<sql::SqlError>(&tokens)) return std::move(*error);
    return FrameParser(std::get<std::vector<sql::Token>>(std::move(tokens))).parse();
}

std::string frameText(const Frame& frame) {
    const bool rows = frame.unit == Frame::Unit::Rows;
    if (frame.unbounded()) return rows ? "ROWS UNBOUNDED PRECEDING" : kAllBefore;
    return rows ? "ROWS " + std::to_string(*frame.preceding) + " PRECEDING"
                : "RANGE '" + formatDuration(*frame.preceding) + "' PRECEDING";
}

ParamSpec frameParam() {
    ParamSpec spec =
        makeParam("frame", ParamKind::String, RW_TEXT("over_aggregate", "Frame"),
                  RW_TEXT("over_aggregate",
                          "Which rows before a row count. `ROWS 9 PRECEDING`: the row and the nine before "
                          "it. `RANGE '5min' PRECEDING`: the rows of the last five minutes, and all rows of "
                          "the same time. `UNBOUNDED` instead of a length: all rows before it."),
                  kAllBefore);
    spec.section = RW_TEXT("over_aggregate", "Frame");
    return spec;
}

bool bindFrame(BindContext& context, Frame& frame) {
    const auto parsed = parseFrame(context.text("frame"));
    if (const auto* const error = std::get_if<sql::SqlError>(&parsed)) {
        Issue& issue = sqlIssue(context, "frame", -1, *error);
        for (const char* const example : kExamples)
            issue.quickFixes.push_back(replaceParam(context, "frame", -1, example));
        return false;
    }
    frame = std::get<Frame>(parsed);
    return true;
}

}  // namespace rw
