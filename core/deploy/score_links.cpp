#include "core/deploy/score_links.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <utility>

namespace rw {

namespace {

/// A literal of the class. `${` in it would be taken for the place of a variable.
std::string classLiteral(const ScoreWords& words, const score::Classes& classes, std::size_t item,
                         Type type) {
    const auto literal = words.dialect.words().literal;
    if (type.is(TypeId::String)) {
        std::string text = literal(Value{classes.texts[item]}, type);
        constexpr std::string_view kPlace = "${";
        for (std::size_t at = text.find(kPlace); at != std::string::npos; at = text.find(kPlace, at))
            text.replace(at, kPlace.size(), "$' || '{");
        return text;
    }
    const std::int64_t number = classes.numbers[item];
    if (type.is(TypeId::Boolean)) return literal(Value{number != 0}, type);
    if (type.is(TypeId::Int)) return literal(Value{static_cast<std::int32_t>(number)}, type);
    return literal(Value{number}, type);
}

}  // namespace

ScoreLinks::ScoreLinks(const score::OwnModel& model, std::vector<std::string> raws, bool finite,
                       bool nullable, const ScoreWords& words)
    : m_model(model),
      m_words(words),
      m_raws(std::move(raws)),
      m_finite(finite),
      m_nullable(nullable),
      m_floats(model.floats()) {}

template <class Make>
std::vector<std::string> ScoreLinks::step(std::string_view name, std::size_t count, Make&& make) {
    ScoreStep made{.name = std::string(name)};
    std::vector<std::string> columns;
    for (std::size_t k = 0; k < count; ++k) {
        columns.push_back(m_words.column(made.name + "_", k));
        made.columns.push_back(ScoreWords::as(make(k), columns.back()));
    }
    m_steps.push_back(std::move(made));
    return columns;
}

std::string ScoreLinks::output(const score::ModelOutput& output) {
    if (output.gives == score::Gives::Class) return classOf(output);
    if (output.gives == score::Gives::Raw) return m_raws[output.item];
    return linked()[output.item];
}

std::string ScoreLinks::logistic(const std::string& raw) const {
    const std::string one = m_words.number(1);
    const std::string power = exact("EXP(-" + exact(raw) + ")");
    return exact(fmt::format("{0} / {1}", one,
                             m_floats ? exact(one + " + " + power) : "(" + one + " + " + power + ")"));
}

const std::vector<std::string>& ScoreLinks::linked() {
    if (!m_linked.empty()) return m_linked;
    using score::Link;
    const Link link = m_model.link();
    m_exp = m_exp || link != Link::Identity;
    if (link == Link::Identity) {
        m_linked = m_raws;
    } else if (link == Link::Logistic) {
        const std::string second = step("second", 1, [&](std::size_t) { return logistic(m_raws[0]); })[0];
        m_linked = {exact(m_words.number(1) + " - " + second), second};
    } else if (link == Link::Exp) {
        m_linked = step("power", m_raws.size(),
                        [&](std::size_t k) { return exact("EXP(" + exact(m_raws[k]) + ")"); });
    } else if (link == Link::OneVsRest) {
        m_linked =
            shares(step("alone", m_raws.size(), [&](std::size_t k) { return logistic(m_raws[k]); }), true);
    } else {
        m_linked = shares(powers(), false);
    }
    return m_linked;
}

/// The largest is taken off first, so that no power is infinite.
std::vector<std::string> ScoreLinks::powers() {
    const std::string most = largest();
    return step("power", m_raws.size(), [&](std::size_t k) {
        return exact("EXP(" + exact(exact(m_raws[k]) + " - " + exact(most)) + ")");
    });
}

/// Their sum, in 32 bits after each term where the model has those.
std::string ScoreLinks::total(const std::vector<std::string>& parts) const {
    if (!m_floats) return scoreSum(parts);
    std::vector<std::string> terms;
    for (const std::string& part : parts) terms.push_back("CAST(" + part + " AS FLOAT)");
    return "CAST(" + scoreSum(terms) + " AS DOUBLE)";
}

/// Each divided by their sum; NaN where that is 0.
std::vector<std::string> ScoreLinks::shares(const std::vector<std::string>& parts, bool mayBeNothing) {
    const std::string sum = step("total", 1, [&](std::size_t) { return total(parts); })[0];
    std::vector<std::string> all;
    for (const std::string& part : parts) {
        const std::string share = exact(part + " / " + sum);
        all.push_back(mayBeNothing ? fmt::format("CASE WHEN {} = {} THEN {} ELSE {} END", sum,
                                                 m_words.number(0), ScoreWords::special("NaN"), share)
                                   : share);
    }
    return all;
}

const std::vector<std::string>& ScoreLinks::compared() {
    if (!m_compared.empty()) return m_compared;
    const bool byRaws = m_model.link() == score::Link::OneVsRest || m_model.link() == score::Link::Softmax;
    const std::vector<std::string> by = byRaws ? m_raws : linked();
    if (m_finite) return m_compared = by;
    // The first class stays where its number is NaN; another is not taken for it.
    m_compared = step("compared", by.size(), [&](std::size_t k) {
        return fmt::format("CASE WHEN {0} THEN {1} ELSE {2} END", m_words.engine.known(by[k]), by[k],
                           ScoreWords::special(k == 0 ? "Infinity" : "-Infinity"));
    });
    return m_compared;
}

const std::string& ScoreLinks::largest() {
    if (!m_largest.empty()) return m_largest;
    const std::vector<std::string>& all = compared();
    m_largest =
        step("largest", 1, [&](std::size_t) { return fmt::format("GREATEST({})", fmt::join(all, ", ")); })[0];
    return m_largest;
}

std::string ScoreLinks::classOf(const score::ModelOutput& output) {
    const score::Classes& classes = m_model.head().classes;
    const auto literal = [&](std::size_t k) { return classLiteral(m_words, classes, k, output.type); };
    std::string text = "CASE";
    if (m_nullable)
        text += " WHEN " + m_raws[0] + " IS NULL THEN " + m_words.dialect.words().literal({}, output.type);
    if (m_raws.size() == 1) {
        const std::string known = m_finite ? "" : m_words.engine.known(m_raws[0]) + " AND ";
        text += fmt::format(" WHEN {}{} > {} THEN {} ELSE {} END", known, m_raws[0], m_words.number(0),
                            literal(1), literal(0));
    } else {
        const std::string most = largest();
        for (std::size_t k = 0; k + 1 < m_raws.size(); ++k)
            text += fmt::format(" WHEN {} = {} THEN {}", compared()[k], most, literal(k));
        text += " ELSE " + literal(m_raws.size() - 1) + " END";
    }
    return output.type.is(TypeId::String)
               ? "CAST(" + text + " AS " + m_words.dialect.words().type(output.type) + ")"
               : text;
}

}  // namespace rw
