#include "widgets/what_if/settings_side.h"

#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QScrollArea>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "widgets/theme/elided_label.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/theme.h"
#include "widgets/theme/tip_text.h"
#include "widgets/what_if/param_picker.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostOffered = 4;  ///< cards that are there at the start

QLabel* sideWords() {
    auto* label = new QLabel;
    label->setProperty("role", "caption");
    return label;
}

}  // namespace

SettingsSide::SettingsSide(QWidget* over)
    : QWidget(over),
      m_picker(new ParamPicker(over)),
      m_title(new ElidedLabel),
      m_add(new QPushButton),
      m_swap(new QPushButton),
      m_use(new QPushButton),
      m_save(new QPushButton),
      m_addVariant(new QPushButton),
      m_removeVariant(new QPushButton),
      m_variantsLabel(sideWords()),
      m_variants(new SegmentedControl),
      m_a(sideWords()),
      m_b(sideWords()),
      m_none(new QLabel),
      m_effect(new QLabel) {
    setAttribute(Qt::WA_StyledBackground);
    setProperty("surface", "panel");
    setProperty("edge", "right");
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 1, 0);
    column->setSpacing(0);
    column->addWidget(makeHead());
    auto* scroll = new QScrollArea;
    scroll->setFrameShape(QFrame::NoFrame);
    scroll->setWidgetResizable(true);
    scroll->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    auto* cards = new QWidget;
    m_list = new QVBoxLayout(cards);
    m_list->setContentsMargins(0, 0, 0, 0);
    m_list->setSpacing(0);
    m_none->setProperty("role", "dim");
    m_none->setWordWrap(true);
    m_none->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kListPadding);
    m_list->addWidget(m_none);
    m_list->addStretch();
    scroll->setWidget(cards);
    column->addWidget(scroll, 1);
    column->addWidget(makeFoot());
    connect(m_add, &QPushButton::clicked, this, &SettingsSide::openPicker);
    connect(m_swap, &QPushButton::clicked, this, &SettingsSide::swapSides);
    connect(m_addVariant, &QPushButton::clicked, this, &SettingsSide::addVariant);
    connect(m_removeVariant, &QPushButton::clicked, this, [this] { removeVariant(m_shown); });
    connect(m_variants, &SegmentedControl::chosen, this,
            [this](int index) { choose(sideAt(static_cast<std::size_t>(index) + 1)); });
    connect(m_use, &QPushButton::clicked, this, &SettingsSide::useRequested);
    connect(m_save, &QPushButton::clicked, this, &SettingsSide::saveRequested);
    connect(m_picker, &ParamPicker::picked, this, [this](const Variation& one) {
        addCard(one)->field(m_shown).setFocus(Qt::OtherFocusReason);
        tell();
    });
    connect(&Theme::of(this), &Theme::changed, this, &SettingsSide::fit);
    setSides();
    retranslate();
    fit();
}

QWidget* SettingsSide::makeHead() {
    auto* head = new QWidget;
    head->setAttribute(Qt::WA_StyledBackground);
    head->setProperty("edge", "bottom");
    auto* column = new QVBoxLayout(head);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kGrid, metrics::kGrid, metrics::kGrid);
    column->setSpacing(metrics::kGrid);
    m_title->setProperty("role", "strong");
    m_title->setElideMode(Qt::ElideRight);
    m_add->setProperty("role", "link");
    m_add->setIcon(Theme::of(this).icon(u"plus", ColorRole::Accent));
    m_addVariant->setObjectName(QStringLiteral("add_variant"));
    m_addVariant->setProperty("role", "link");
    m_addVariant->setIcon(Theme::of(this).icon(u"plus", ColorRole::Accent));
    m_swap->setProperty("controlSize", "small");
    auto* first = new QHBoxLayout;
    first->addWidget(m_title, 1);
    first->addWidget(m_addVariant);
    first->addWidget(m_add);
    auto* second = new QHBoxLayout;
    second->setSpacing(metrics::kGrid);
    for (std::size_t i = 0; i < kMostSides; ++i) {
        m_signs[i] = new SideSign(sideAt(i), true);
        second->addWidget(m_signs[i]);
        if (i < 2) second->addWidget(i == 0 ? m_a : m_b);
    }
    second->addStretch();
    second->addWidget(m_swap);
    column->addLayout(first);
    column->addLayout(second);
    column->addWidget(makeVariants());
    return head;
}

QWidget* SettingsSide::makeVariants() {
    auto* row = new QWidget;
    auto* line = new QHBoxLayout(row);
    line->setContentsMargins(0, 0, 0, 0);
    line->setSpacing(metrics::kGrid);
    m_removeVariant->setObjectName(QStringLiteral("remove_variant"));
    m_removeVariant->setProperty("controlSize", "small");
    line->addWidget(m_variantsLabel);
    line->addWidget(m_variants);
    line->addWidget(m_removeVariant);
    line->addStretch();
    return row;
}

QWidget* SettingsSide::makeFoot() {
    auto* foot = new QWidget;
    foot->setAttribute(Qt::WA_StyledBackground);
    foot->setProperty("edge", "top");
    auto* column = new QVBoxLayout(foot);
    column->setContentsMargins(metrics::kPanelPadding, metrics::kListPadding, metrics::kPanelPadding,
                               metrics::kListPadding);
    column->setSpacing(metrics::kGrid);
    m_use->setProperty("role", "primary");
    m_save->setEnabled(false);
    m_effect->setProperty("role", "caption");
    m_effect->setWordWrap(true);
    auto* row = new QHBoxLayout;
    row->addWidget(m_use);
    row->addWidget(m_save);
    row->addStretch();
    column->addLayout(row);
    column->addWidget(m_effect);
    return foot;
}

const Variation* SettingsSide::find(const std::string& name) const {
    const auto found = std::find_if(m_variations.begin(), m_variations.end(),
                                    [&](const Variation& one) { return one.name == name; });
    return found != m_variations.end() ? &*found : nullptr;
}

ParamCard* SettingsSide::card(const std::string& name) const {
    const auto found = std::find_if(m_cards.begin(), m_cards.end(),
                                    [&](const ParamCard* one) { return one->variation().name == name; });
    return found != m_cards.end() ? *found : nullptr;
}

void SettingsSide::setVariations(std::vector<Variation> variations) {
    m_variations = std::move(variations);
    const std::vector<ParamCard*> before = m_cards;
    for (ParamCard* card : before) {
        const Variation* const now = find(card->variation().name);
        if (now == nullptr || now->amount.kind != card->variation().amount.kind) {
            removeCard(card);
        } else {
            card->follow(*now);
        }
    }
    if (!m_touched) {
        for (const Variation& one : m_variations) {
            if (one.first && m_cards.size() < kMostOffered && card(one.name) == nullptr) addCard(one);
        }
    }
    refresh();
}

void SettingsSide::setRunning(bool running, bool takes) {
    if (running == m_running && takes == m_takes) return;
    m_running = running;
    m_takes = takes;
    refresh();
}

void SettingsSide::forget() {
    const std::vector<ParamCard*> before = m_cards;
    for (ParamCard* card : before) removeCard(card);
    m_variations.clear();
    m_touched = false;
    m_sides = 2;
    setSides();
    retranslate();
}

void SettingsSide::add(const std::string& name) {
    const Variation* const one = find(name);
    if (one == nullptr || card(name) != nullptr) return;
    addCard(*one);
    tell();
}

ParamCard* SettingsSide::addCard(const Variation& variation) {
    auto* card = new ParamCard(variation);
    m_list->insertWidget(m_list->count() - 2, card);  // above the words and the rest of the room
    m_cards.push_back(card);
    card->setSides(m_sides);
    connect(card, &ParamCard::changed, this, &SettingsSide::tell);
    connect(card, &ParamCard::removeRequested, this, [this, card] {
        removeCard(card);
        m_add->setFocus(Qt::OtherFocusReason);
        tell();
    });
    return card;
}

void SettingsSide::removeCard(ParamCard* card) {
    std::erase(m_cards, card);
    m_list->removeWidget(card);
    card->hide();
    card->deleteLater();
}

std::vector<WhatIfSetting> SettingsSide::settings(CompareSide side) const {
    std::vector<Variation> variations;
    std::vector<std::string> values;
    for (const ParamCard* card : m_cards) {
        variations.push_back(card->variation());
        values.push_back(card->value(side));
    }
    return settingsOf(variations, values);
}

bool SettingsSide::differs() const {
    return differing() > 0;
}

int SettingsSide::differing() const {
    return static_cast<int>(
        std::count_if(m_cards.begin(), m_cards.end(), [](const ParamCard* card) { return card->differs(); }));
}

bool SettingsSide::isAsItIs() const {
    return settings(CompareSide::A).empty();
}

void SettingsSide::swapSides() {
    for (ParamCard* card : m_cards) card->swapWithA(m_shown);
    tell();
}

/// What there is of each side follows how many there are; the variant on show stays one of them.
void SettingsSide::setSides() {
    for (std::size_t i = 0; i < kMostSides; ++i) m_signs[i]->setVisible(i < m_sides);
    const bool several = m_sides > 2;
    m_b->setVisible(!several);
    for (QWidget* part : {static_cast<QWidget*>(m_variantsLabel), static_cast<QWidget*>(m_variants),
                          static_cast<QWidget*>(m_removeVariant)})
        part->setVisible(several);
    m_addVariant->setEnabled(m_sides < kMostSides);
    m_shown = sideAt(std::min(numberOf(m_shown), m_sides - 1));
    QStringList letters;
    for (std::size_t i = 1; i < m_sides; ++i) letters << letterOf(sideAt(i));
    m_variants->setSegments(letters);
    m_variants->setCurrentIndex(static_cast<int>(numberOf(m_shown)) - 1);
}

void SettingsSide::choose(CompareSide variant) {
    if (variant == m_shown || variant == CompareSide::A || numberOf(variant) >= m_sides) return;
    m_shown = variant;
    m_variants->setCurrentIndex(static_cast<int>(numberOf(m_shown)) - 1);
    retranslate();
    Q_EMIT shownChanged();
}

void SettingsSide::addVariant() {
    if (m_sides >= kMostSides) return;
    ++m_sides;
    for (ParamCard* card : m_cards) card->setSides(m_sides);
    m_shown = sideAt(m_sides - 1);
    const bool keyboard = m_addVariant->hasFocus();
    setSides();
    if (keyboard && !m_addVariant->isEnabled()) m_removeVariant->setFocus(Qt::OtherFocusReason);
    retranslate();
    tell();
}

void SettingsSide::removeVariant(CompareSide variant) {
    if (m_sides <= 2 || variant == CompareSide::A || numberOf(variant) >= m_sides) return;
    for (ParamCard* card : m_cards) card->dropSide(variant);
    --m_sides;
    const bool keyboard = m_removeVariant->hasFocus();
    setSides();
    if (keyboard && m_sides <= 2) m_addVariant->setFocus(Qt::OtherFocusReason);
    retranslate();
    tell();
}

void SettingsSide::tell() {
    m_touched = true;
    refresh();
    Q_EMIT changed();
}

void SettingsSide::openPicker() {
    std::vector<Variation> open;
    for (const Variation& one : m_variations) {
        if (card(one.name) == nullptr) open.push_back(one);
    }
    m_picker->open(std::move(open), *m_add);
}

void SettingsSide::refresh() {
    const bool any = !m_cards.empty();
    m_none->setVisible(!any);
    m_none->setText(hasVariations() ? tr("Nothing is varied yet. Add a parameter.")
                                    : tr("The pipeline has no duration and no number that could be varied."));
    m_add->setEnabled(hasVariations());
    m_swap->setEnabled(differs());
    m_a->setText(isAsItIs() ? tr("as it is") : tr("tried"));
    m_b->setText(tr("tried"));
    QStringList names;
    for (const WhatIfSetting& setting : settings(m_shown)) {
        const Variation& one = card(setting.name)->variation();
        const QString name = one.node.empty() ? one.label : one.of;
        if (!names.contains(name)) names << name;
    }
    m_use->setEnabled(!names.isEmpty());
    if (names.isEmpty())
        return m_effect->setText(
            tr("%1 is the pipeline as it is: there is nothing to use.").arg(letterOf(m_shown)));
    const QString changes = tr("Changes “%1”. One step of undo takes it back.").arg(names.join(tr("”, “")));
    const QString run = m_takes ? tr("The run goes on with the values, from a last checkpoint. Where state "
                                     "would be lost, Apply opens and asks first.")
                                : tr("The run goes on as it is until you apply the changes.");
    m_effect->setText(m_running ? changes + u' ' + run : changes);
}

void SettingsSide::retranslate() {
    const QString shown = letterOf(m_shown);
    m_title->setText(tr("Settings"));
    m_variantsLabel->setText(tr("Compared with A:"));
    m_variants->setAccessibleName(tr("Variant that is compared with A"));
    m_addVariant->setText(tr("Variant"));
    m_addVariant->setToolTip(tr("Try another variant, up to D; it begins with the values of the last"));
    m_removeVariant->setText(tr("Remove %1").arg(shown));
    m_add->setText(tr("Parameter"));
    m_add->setToolTip(tr("Vary another parameter"));
    m_swap->setText(tr("Swap"));
    m_swap->setToolTip(tr("A gets the values of %1, and %1 those of A").arg(shown));
    m_use->setText(tr("Use %1 in the pipeline").arg(shown));
    m_save->setText(tr("Save as test"));
    m_save->setToolTip(
        wrappedLines(tr("Makes a test of rows of the input that expects what %1 gives for them. Where a "
                        "parameter of a node is varied, it fails until the pipeline has the value of %1.")
                         .arg(shown)));
    for (ParamCard* card : m_cards) card->retranslate();
    refresh();
}

void SettingsSide::changeEvent(QEvent* event) {
    if (event->type() == QEvent::LanguageChange) retranslate();
    QWidget::changeEvent(event);
}

void SettingsSide::fit() {
    // Wider text needs more room, but not the whole of a small window.
    setFixedWidth(Theme::of(this).scaled(kWidth));
}

}  // namespace rw::ui
