#include "core/deploy/flink/match_pattern.h"

#include <fmt/format.h>

#include <algorithm>

namespace rw {

namespace {

using patterns::Pattern;
using patterns::RowPattern;

void refusePart(NodeForm& form, const sql::Span& span, Text what, Text fix) {
    Remark& remark = form.find(Verdict::Refused, std::move(what), "pattern");
    remark.fix = std::move(fix);
    remark.position = span.begin;
    remark.length = span.end - span.begin;
}

/// Of a part that is neither a variable nor a sequence of them.
void refuseKind(NodeForm& form, const Pattern& part) {
    switch (part.kind) {
        case Pattern::Kind::Choice:
            return refusePart(
                form, part.span, RW_TEXT("deploy", "Flink has no alternatives in a pattern."),
                RW_TEXT("deploy",
                        "Write one variable whose condition joins both with OR, or a node for each."));
        case Pattern::Kind::Permute:
            return refusePart(form, part.span, RW_TEXT("deploy", "Flink has no PERMUTE."),
                              RW_TEXT("deploy", "Use a node for each order, and unite their rows."));
        case Pattern::Kind::Exclude:
            return refusePart(
                form, part.span, RW_TEXT("deploy", "Flink excludes no part of a pattern."),
                RW_TEXT("deploy", "Remove {- and -}: with one row per match they change nothing."));
        case Pattern::Kind::Start:
        case Pattern::Kind::End:
            return refusePart(form, part.span,
                              RW_TEXT("deploy", "Flink reads over ^ and $, and finds matches anywhere."),
                              RW_TEXT("deploy", "Remove it, or run this node here."));
        case Pattern::Kind::Sequence:
            return refusePart(form, part.span, RW_TEXT("deploy", "Flink finds no empty matches."),
                              RW_TEXT("deploy", "Write a variable that needs a row."));
        case Pattern::Kind::Repeat:
        case Pattern::Kind::Variable:
            return refusePart(form, part.span, RW_TEXT("deploy", "Flink repeats single variables alone."),
                              RW_TEXT("deploy", "Write the variables of the group one by one: A B A2 B2."));
    }
}

void addElement(NodeForm& form, const Pattern& part, const Pattern& variable,
                std::vector<MatchElement>& elements) {
    const auto same = [&variable](const MatchElement& one) { return one.variable == variable.variable; };
    if (std::any_of(elements.begin(), elements.end(), same)) {
        return refusePart(form, variable.span,
                          RW_TEXT("deploy", "Flink takes each variable once in a pattern."),
                          RW_TEXT("deploy", "Define another variable with the same condition."));
    }
    MatchElement element;
    element.variable = variable.variable;
    element.span = part.span;
    if (part.kind == Pattern::Kind::Repeat) {
        element.least = part.least;
        element.most = part.most;
        element.reluctant = part.reluctant && part.most != part.least;
    } else {
        element.most = 1;
    }
    if (element.reluctant && element.least == 0 && element.most == 1) {
        refusePart(
            form, part.span, RW_TEXT("deploy", "Flink has no reluctant ??."),
            RW_TEXT("deploy", "Write ? where the conditions exclude each other: no row is both then."));
    }
    elements.push_back(element);
}

void addPart(NodeForm& form, const Pattern& part, std::vector<MatchElement>& elements) {
    if (part.kind == Pattern::Kind::Variable) return addElement(form, part, part, elements);
    if (part.kind == Pattern::Kind::Repeat && part.parts.front().kind == Pattern::Kind::Variable)
        return addElement(form, part, part.parts.front(), elements);
    if (part.kind != Pattern::Kind::Sequence || part.parts.empty()) return refuseKind(form, part);
    for (const Pattern& inner : part.parts) addPart(form, inner, elements);
}

/// A match ends with its last row; whether a greedy quantifier there takes another one, Flink does not wait.
void refuseGreedyEnd(NodeForm& form, const std::vector<MatchElement>& elements) {
    for (auto last = elements.rbegin(); last != elements.rend(); ++last) {
        if (last->varies() && !last->reluctant) {
            refusePart(form, last->span,
                       RW_TEXT("deploy", "Flink has no greedy quantifier at the end of a pattern."),
                       RW_TEXT("deploy",
                               "Write ? behind the quantifier, for as few rows as possible, or add a "
                               "variable for the row that ends the match."));
        }
        if (last->least > 0) return;
    }
    if (elements.empty()) return;
    refusePart(form, {elements.front().span.begin, elements.back().span.end},
               RW_TEXT("deploy", "Flink finds no empty matches."),
               RW_TEXT("deploy", "Write a variable that needs a row."));
}

std::string quantifier(const MatchElement& element) {
    const std::string end = element.reluctant ? "?" : "";
    if (!element.most) {
        if (element.least <= 1) return (element.least == 0 ? "*" : "+") + end;
        return fmt::format("{{{},}}{}", element.least, end);
    }
    if (!element.varies()) return element.least == 1 ? "" : fmt::format("{{{}}}", element.least);
    if (element.least == 0 && element.most == 1) return "?" + end;
    return fmt::format("{{{},{}}}{}", element.least, *element.most, end);
}

}  // namespace

std::vector<MatchElement> flinkMatchElements(NodeForm& form, const RowPattern& pattern) {
    std::vector<MatchElement> elements;
    addPart(form, pattern.root, elements);
    if (!form.refused()) refuseGreedyEnd(form, elements);
    return elements;
}

std::string flinkMatchText(const NodeForm& form, const RowPattern& pattern,
                           const std::vector<MatchElement>& elements) {
    std::string text;
    for (const MatchElement& element : elements) {
        text += (text.empty() ? "" : " ") +
                form.quoted(pattern.variables[static_cast<std::size_t>(element.variable)]) +
                quantifier(element);
    }
    return text;
}

std::int64_t rowsBefore(const std::vector<MatchElement>& elements, int variable) {
    std::int64_t rows = 0;
    for (const MatchElement& element : elements) {
        if (element.variable == variable) return rows;
        rows += element.least;
    }
    return 0;
}

std::optional<std::int64_t> mostRows(const std::vector<MatchElement>& elements) {
    std::int64_t rows = 0;
    for (const MatchElement& element : elements) {
        if (!element.most) return std::nullopt;
        rows += *element.most;
    }
    return rows;
}

std::string flinkSkipText(NodeForm& form, const RowPattern& pattern,
                          const std::vector<MatchElement>& elements, const patterns::AfterMatch& after) {
    using Kind = patterns::AfterMatch::Kind;
    if (after.kind == Kind::PastLastRow) return "SKIP PAST LAST ROW";
    if (after.kind == Kind::ToNextRow) return "SKIP TO NEXT ROW";
    const auto target = std::find_if(elements.begin(), elements.end(), [&after](const MatchElement& one) {
        return one.variable == after.variable;
    });
    const std::string& name = pattern.variables[static_cast<std::size_t>(after.variable)];
    const std::int64_t least = target == elements.end() ? 0 : target->least;
    const std::int64_t before = rowsBefore(elements, after.variable) +
                                (after.kind == Kind::ToLast ? std::max<std::int64_t>(least, 1) - 1 : 0);
    if (least == 0) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "A match without “%1” would end the job there.").with(name),
                  "after_match")
            .fix = RW_TEXT("deploy", "Skip to a variable that each match has.");
    } else if (before == 0) {
        form.find(Verdict::Refused,
                  RW_TEXT("deploy", "“%1” can be the first row of the match, which would end the job there.")
                      .with(name),
                  "after_match")
            .fix = RW_TEXT("deploy", "Skip to the next row instead, or to a later variable.");
    }
    return (after.kind == Kind::ToFirst ? "SKIP TO FIRST " : "SKIP TO LAST ") + form.quoted(name);
}

std::vector<MatchRivals> rivalsOf(const std::vector<MatchElement>& elements) {
    // Where all choices before are settled, the last one has one way for each length: the shortest match ends
    // first, and is what a reluctant quantifier wants.
    std::size_t lastChoice = elements.size();
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (elements[i].varies()) lastChoice = i;
    }
    std::vector<MatchRivals> rivals;
    for (std::size_t i = 0; i < elements.size(); ++i) {
        if (!elements[i].varies() || (i == lastChoice && elements[i].reluctant)) continue;
        for (std::size_t next = i + 1; next < elements.size(); ++next) {
            rivals.push_back({elements[i].variable, elements[next].variable, elements[i].span});
            if (elements[next].least > 0) break;
        }
    }
    return rivals;
}

}  // namespace rw
