#include "widgets/settings/look_page.h"

#include <QCheckBox>
#include <QEvent>
#include <QHBoxLayout>
#include <QLabel>
#include <QSignalBlocker>
#include <QVBoxLayout>
#include <array>
#include <cstdlib>

#include "widgets/document/number_text.h"
#include "widgets/settings/preferences.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

namespace rw::ui {
namespace {

constexpr std::array kModes = {ThemeMode::System, ThemeMode::Dark, ThemeMode::Light};
constexpr std::array kZooms = {100, 125, 150, 175, 200};
constexpr std::array kLanguages = {Language::kSystem, Language::kEnglish, Language::kChinese};
constexpr int kLabelWidth = 96;

int nearestZoom(int percent) {
    int best = 0;
    for (int i = 1; i < static_cast<int>(kZooms.size()); ++i) {
        const auto off = [&](int index) {
            return std::abs(kZooms[static_cast<std::size_t>(index)] - percent);
        };
        if (off(i) < off(best)) best = i;
    }
    return best;
}

/// With segments that have no words yet: where they are made is where Tab comes to them.
SegmentedControl* makeSegments(std::size_t count, QWidget* parent) {
    auto* control = new SegmentedControl(parent);
    control->setSegments(QStringList(static_cast<qsizetype>(count), QString()));
    return control;
}

int indexOfLanguage(const QString& name) {
    for (int i = 0; i < static_cast<int>(kLanguages.size()); ++i)
        if (name == QLatin1String(kLanguages[static_cast<std::size_t>(i)])) return i;
    return 1;
}

}  // namespace

LookPage::LookPage(Preferences& preferences, QWidget* parent)
    : PreferencesPage(parent),
      m_preferences(preferences),
      m_theme(makeSegments(kModes.size(), this)),
      m_zoom(makeSegments(kZooms.size(), this)),
      m_contrast(new QCheckBox(this)),
      m_motion(new QCheckBox(this)),
      m_language(makeSegments(kLanguages.size(), this)) {
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kGrid);
    m_lookHead = addHead(column);
    m_themeLabel = addRow(column, m_theme);
    m_zoomLabel = addRow(column, m_zoom);
    column->addWidget(m_contrast);
    m_contrastHelp = addHelp(column);
    column->addWidget(m_motion);
    m_motionHelp = addHelp(column);
    column->addSpacing(metrics::kGrid);
    m_languageHead = addHead(column);
    m_languageLabel = addRow(column, m_language);
    m_languageHelp = addHelp(column);
    column->addStretch(1);
    retranslate();
    connectControls();
}

void LookPage::connectControls() {
    const auto changeLook = [this](auto change) {
        ThemeSettings look = m_preferences.look();
        change(look);
        m_preferences.setLook(look);
    };
    connect(m_theme, &SegmentedControl::chosen, this, [changeLook](int index) {
        changeLook([index](ThemeSettings& look) { look.mode = kModes.at(static_cast<std::size_t>(index)); });
    });
    connect(m_zoom, &SegmentedControl::chosen, this, [changeLook](int index) {
        changeLook([index](ThemeSettings& look) {
            look.textZoomPercent = kZooms.at(static_cast<std::size_t>(index));
        });
    });
    connect(m_contrast, &QCheckBox::toggled, this,
            [changeLook](bool on) { changeLook([on](ThemeSettings& look) { look.highContrast = on; }); });
    connect(m_motion, &QCheckBox::toggled, this,
            [changeLook](bool on) { changeLook([on](ThemeSettings& look) { look.reducedMotion = on; }); });
    connect(m_language, &SegmentedControl::chosen, this, [this](int index) {
        m_preferences.setLanguage(QString::fromLatin1(kLanguages.at(static_cast<std::size_t>(index))));
    });
    connect(&m_preferences, &Preferences::changed, this, &LookPage::showStored);
}

QLabel* LookPage::addHead(QVBoxLayout* column) {
    auto* head = new QLabel(this);
    head->setProperty("role", "title");
    column->addWidget(head);
    return head;
}

QLabel* LookPage::addRow(QVBoxLayout* column, QWidget* control) {
    auto* row = new QHBoxLayout;
    auto* label = new QLabel(this);
    label->setProperty("role", "dim");
    label->setBuddy(control);
    label->setMinimumWidth(Theme::of(this).scaled(kLabelWidth));
    row->addWidget(label);
    row->addWidget(control, 1);
    column->addLayout(row);
    return label;
}

QLabel* LookPage::addHelp(QVBoxLayout* column) {
    auto* help = new QLabel(this);
    help->setProperty("role", "caption");
    help->setWordWrap(true);
    column->addWidget(help);
    return help;
}

void LookPage::changeEvent(QEvent* event) {
    QWidget::changeEvent(event);
    if (event->type() == QEvent::LanguageChange) retranslate();
}

bool LookPage::event(QEvent* event) {
    const bool taken = QWidget::event(event);
    if (event->type() == QEvent::LayoutRequest) fit();
    return taken;
}

void LookPage::resizeEvent(QResizeEvent* event) {
    QWidget::resizeEvent(event);
    fit();
}

// Words that wrap need their height for this width, which no dialog asks for.
void LookPage::fit() {
    setMinimumHeight(layout()->totalHeightForWidth(width()));
}

QString LookPage::id() const {
    return QStringLiteral("look");
}

QString LookPage::title() const {
    return tr("Look");
}

void LookPage::retranslate() {
    m_lookHead->setText(tr("Display"));
    m_themeLabel->setText(tr("Theme"));
    m_theme->setSegments({tr("System"), tr("Dark"), tr("Light")});
    m_theme->setAccessibleName(tr("Theme"));
    m_zoomLabel->setText(tr("Text size"));
    QStringList zooms;
    for (const int percent : kZooms) zooms << shareText(percent / 100.0);
    m_zoom->setSegments(zooms);
    m_zoom->setAccessibleName(tr("Text size"));
    m_contrast->setText(tr("High contrast"));
    m_contrastHelp->setText(tr("Edges take the colour of the text; tints disappear."));
    m_motion->setText(tr("Reduced motion"));
    m_motionHelp->setText(
        tr("Dots on wires stand still and charts jump. Also on when the desktop asks for it."));
    m_languageHead->setText(tr("Language"));
    m_languageLabel->setText(tr("Interface"));
    m_language->setSegments({tr("System"), QStringLiteral("English"), QStringLiteral("中文")});
    m_language->setAccessibleName(tr("Language"));
    m_languageHelp->setText(tr("Data, column names and function names stay as they are."));
    showStored();
}

void LookPage::showStored() {
    const ThemeSettings& look = m_preferences.look();
    m_theme->setCurrentIndex(static_cast<int>(look.mode));
    m_zoom->setCurrentIndex(nearestZoom(look.textZoomPercent));
    m_language->setCurrentIndex(indexOfLanguage(m_preferences.language()));
    const QSignalBlocker quietContrast(m_contrast);
    const QSignalBlocker quietMotion(m_motion);
    m_contrast->setChecked(look.highContrast);
    m_motion->setChecked(look.reducedMotion);
}

}  // namespace rw::ui
