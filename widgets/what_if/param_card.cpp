#include "widgets/what_if/param_card.h"

#include <QGridLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QScopedValueRollback>
#include <QVBoxLayout>
#include <algorithm>
#include <cmath>
#include <utility>

#include "widgets/theme/chip.h"
#include "widgets/theme/elided_label.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kFieldWidth = 76;

QLabel* captionLabel() {
    auto* label = new QLabel;
    label->setProperty("role", "caption");
    return label;
}

QString shownAmount(const Amount& amount, double value) {
    return QString::fromStdString(amountText(amount, value));
}

}  // namespace

ParamCard::ParamCard(Variation variation, QWidget* parent)
    : QWidget(parent),
      m_variation(std::move(variation)),
      m_amount(m_variation.amount),
      m_name(new QLabel),
      m_of(new ElidedLabel),
      m_differs(new Chip({})),
      m_same(captionLabel()),
      m_remove(new IconButton(QStringLiteral("x"), {})),
      m_least(captionLabel()),
      m_most(captionLabel()),
      m_refusal(new QLabel) {
    m_values.fill(m_variation.value);
    setProperty("edge", "bottom");
    setAttribute(Qt::WA_StyledBackground);
    m_name->setProperty("role", "section");
    m_name->setText(m_variation.label);
    m_of->setProperty("role", "caption");
    m_of->setElideMode(Qt::ElideRight);
    m_differs->setTone(Chip::Tone::Accent);
    m_remove->setDense();
    m_refusal->setProperty("role", "error");
    m_refusal->setWordWrap(true);
    m_refusal->hide();
    auto* head = new QHBoxLayout;
    head->setSpacing(metrics::kGrid);
    head->addWidget(m_name);
    head->addWidget(m_of, 1);
    head->addWidget(m_same);
    head->addWidget(m_differs);
    head->addWidget(m_remove);
    auto* grid = new QGridLayout;
    grid->setHorizontalSpacing(metrics::kGrid);
    grid->setVerticalSpacing(metrics::kStep);
    grid->setColumnStretch(1, 1);
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kGrid,
                               metrics::kListPadding);
    column->setSpacing(metrics::kStep);
    column->addLayout(head);
    column->addLayout(grid);
    column->addWidget(m_refusal);
    auto* range = new QHBoxLayout;
    range->addWidget(m_least);
    range->addStretch();
    range->addWidget(m_most);
    grid->addLayout(range, static_cast<int>(kMostSides), 1);
    for (std::size_t i = 0; i < kMostSides; ++i) {
        const CompareSide side = sideAt(i);
        Row& row = m_rows[i];
        row.sign = new SideSign(side, false);
        row.unit = captionLabel();
        row.slider = new SideSlider(side);
        row.field = new QLineEdit;
        makeRow(side);
        const int line = static_cast<int>(i);
        grid->addWidget(row.sign, line, 0);
        grid->addWidget(row.slider, line, 1);
        grid->addWidget(row.field, line, 2);
        grid->addWidget(row.unit, line, 3);
    }
    connect(m_remove, &IconButton::clicked, this, &ParamCard::removeRequested);
    showSides();
    retranslate();
    showRange();
    showDifference();
}

void ParamCard::makeRow(CompareSide side) {
    const Row& row = m_rows[index(side)];
    row.field->setProperty("mono", true);
    row.field->setAlignment(Qt::AlignRight);
    row.field->setFixedWidth(Theme::of(this).scaled(kFieldWidth));
    row.unit->setText(m_variation.unit);
    connect(&Theme::of(this), &Theme::changed, this,
            [this, field = row.field] { field->setFixedWidth(Theme::of(this).scaled(kFieldWidth)); });
    connect(row.slider, &QSlider::valueChanged, this, [this, side](int step) { slide(side, step); });
    connect(row.field, &QLineEdit::textEdited, this, [this, side] { type(side); });
    connect(row.field, &QLineEdit::editingFinished, this, [this, side] { showValue(side); });
}

bool ParamCard::differ(std::size_t one, std::size_t other) const {
    const auto a = amountIn(m_amount, m_values[one]), b = amountIn(m_amount, m_values[other]);
    return a && b ? *a != *b : m_values[one] != m_values[other];
}

bool ParamCard::differs() const {
    for (std::size_t i = 1; i < m_sides; ++i) {
        if (differ(0, i)) return true;
    }
    return false;
}

void ParamCard::showSides() {
    for (std::size_t i = 0; i < kMostSides; ++i) {
        const Row& row = m_rows[i];
        const bool there = i < m_sides;
        for (QWidget* part : {static_cast<QWidget*>(row.sign), static_cast<QWidget*>(row.slider),
                              static_cast<QWidget*>(row.field)})
            part->setVisible(there);
        row.unit->setVisible(there && !m_variation.unit.isEmpty());
    }
}

void ParamCard::setSides(std::size_t count) {
    for (std::size_t i = m_sides; i < count; ++i) m_values[i] = m_values[i - 1];
    m_sides = count;
    showSides();
    showRange();
    showDifference();
}

void ParamCard::dropSide(CompareSide side) {
    for (std::size_t i = index(side); i + 1 < kMostSides; ++i) m_values[i] = m_values[i + 1];
    setSides(m_sides - 1);
}

void ParamCard::setValue(CompareSide side, const std::string& value) {
    m_values[index(side)] = value;
    showRange();
    showDifference();
}

void ParamCard::swapWithA(CompareSide side) {
    std::swap(m_values[0], m_values[index(side)]);
    showRange();
    showDifference();
}

void ParamCard::follow(const Variation& variation) {
    for (std::string& value : m_values) {
        if (value == m_variation.value) value = variation.value;
    }
    m_variation = variation;
    m_amount = variation.amount;
    m_name->setText(m_variation.label);
    for (const Row& row : m_rows) row.unit->setText(m_variation.unit);
    retranslate();
    showRange();
    showDifference();
}

void ParamCard::slide(CompareSide side, int step) {
    if (m_showing) return;
    const double share = static_cast<double>(step) / SideSlider::kSteps;
    const double value = snapped(m_amount, m_amount.least + share * (m_amount.most - m_amount.least));
    std::string text = amountText(m_amount, value);
    // The value that the pipeline has stays written as it is there.
    if (amountIn(m_amount, m_variation.value) == amountIn(m_amount, text)) text = m_variation.value;
    if (text == m_values[index(side)]) return;
    m_values[index(side)] = text;
    {
        const QScopedValueRollback showing(m_showing, true);
        field(side).setText(QString::fromStdString(text));
        field(side).setProperty("state", QString());
        Theme::repolish(&field(side));
    }
    m_refusal->hide();
    showDifference();
    Q_EMIT changed();
}

QString ParamCard::refusal(const std::string& text) const {
    const std::optional<double> value = amountIn(m_amount, text);
    if (!value && m_amount.kind == AmountKind::Duration)
        return tr("A duration is a number and a unit: 500ms, 10s, 5min, 2h or 1d.");
    if (!value && m_amount.kind == AmountKind::Integer) return tr("It must be a whole number.");
    if (!value) return tr("It must be a number.");
    if (m_amount.lowest && *value < *m_amount.lowest)
        return tr("It must be at least %1.").arg(shownAmount(m_amount, *m_amount.lowest));
    if (m_amount.highest && *value > *m_amount.highest)
        return tr("It must be at most %1.").arg(shownAmount(m_amount, *m_amount.highest));
    return {};
}

void ParamCard::type(CompareSide side) {
    std::string text = field(side).text().trimmed().toStdString();
    const QString why = refusal(text);
    field(side).setProperty("state", why.isEmpty() ? QString() : QStringLiteral("error"));
    Theme::repolish(&field(side));
    m_refusal->setText(why);
    m_refusal->setVisible(!why.isEmpty());
    if (!why.isEmpty()) return;
    if (amountIn(m_amount, m_variation.value) == amountIn(m_amount, text)) text = m_variation.value;
    if (text == m_values[index(side)]) return;
    m_values[index(side)] = text;
    showRange();
    showDifference();
    Q_EMIT changed();
}

/// In field and slider; a field that is typed in stays as it is.
void ParamCard::showValue(CompareSide side) {
    const QScopedValueRollback showing(m_showing, true);
    const std::string& value = m_values[index(side)];
    const Row& row = m_rows[index(side)];
    const std::optional<double> typed = amountIn(m_amount, row.field->text().trimmed().toStdString());
    if (!row.field->hasFocus() || typed != amountIn(m_amount, value)) {
        row.field->setText(QString::fromStdString(value));
        row.field->setProperty("state", QString());
        Theme::repolish(row.field);
        m_refusal->hide();
    }
    const double length = m_amount.most - m_amount.least;
    const double at = amountIn(m_amount, value).value_or(m_amount.least);
    row.slider->setValue(
        static_cast<int>(std::lround((at - m_amount.least) / std::max(length, 1e-300) * SideSlider::kSteps)));
}

void ParamCard::showRange() {
    for (std::size_t i = 0; i < m_sides; ++i) {
        if (const auto number = amountIn(m_amount, m_values[i])) m_amount = widened(m_amount, *number);
    }
    m_least->setText(shownAmount(m_amount, m_amount.least));
    m_most->setText(shownAmount(m_amount, m_amount.most));
    for (std::size_t i = 0; i < m_sides; ++i) showValue(sideAt(i));
}

void ParamCard::showDifference() {
    m_differs->setVisible(differs());
    m_same->setVisible(!differs());
}

void ParamCard::retranslate() {
    m_of->setText(m_variation.node.empty() ? m_variation.of : tr("“%1”").arg(m_variation.of));
    m_differs->setText(tr("differs"));
    m_same->setText(tr("same"));
    m_name->setMinimumHeight(
        m_differs->sizeHint().height());  // so that nothing moves while it comes and goes
    m_remove->setLabel(tr("Take %1 out of the comparison").arg(m_variation.label));
    for (std::size_t i = 0; i < kMostSides; ++i) {
        const CompareSide side = sideAt(i);
        const QString name = tr("%1 of “%2” in %3").arg(m_variation.label, m_variation.of, letterOf(side));
        slider(side).setAccessibleName(name);
        field(side).setAccessibleName(name);
    }
}

}  // namespace rw::ui
