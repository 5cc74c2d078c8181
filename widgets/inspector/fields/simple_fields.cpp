#include "widgets/inspector/fields/simple_fields.h"

#include <QCheckBox>
#include <QComboBox>
#include <QDir>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QVBoxLayout>
#include <array>
#include <utility>

#include "core/base/time.h"
#include "widgets/document/translated.h"
#include "widgets/editor/expression_edit.h"
#include "widgets/inspector/fields/typed_text.h"
#include "widgets/theme/icon_button.h"
#include "widgets/theme/segmented_control.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr std::size_t kMostSegments = 5;
constexpr int kLeastNumber = 40;  // three figures
constexpr int kLeastLetters = 6;  // of a list that must give way

QHBoxLayout* row(QWidget* owner) {
    auto* layout = new QHBoxLayout(owner);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kGrid);
    return layout;
}

QString plain(const Json& value) {
    if (value.is_null()) return {};
    return QString::fromStdString(value.is_string() ? value.get<std::string>() : value.dump());
}

}  // namespace

BooleanField::BooleanField(const ParamSpec& spec) : ParamField(spec), m_box(new QCheckBox) {
    row(this)->addWidget(m_box);
    setFocusProxy(m_box);
    connect(m_box, &QCheckBox::clicked, this, [this](bool on) { Q_EMIT edited(on); });
}

void BooleanField::setValue(const Json& value) {
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    m_box->setTristate(false);
    m_box->setText({});
    m_box->setChecked(shown.is_boolean() && shown.get<bool>());
}

bool BooleanField::showSeveral() {
    m_box->setCheckState(Qt::PartiallyChecked);
    m_box->setText(severalValues());
    return true;
}

NumberField::NumberField(const ParamSpec& spec) : ParamField(spec), m_edit(new QLineEdit) {
    row(this)->addWidget(m_edit);
    m_edit->setProperty("mono", true);
    m_edit->setAlignment(Qt::AlignRight);
    setFocusProxy(m_edit);
    whenTyped(m_edit, m_whileWhole, [this] {
        if (!m_several || !typed().is_null()) Q_EMIT edited(typed());
    });
}

Json NumberField::typed() const {
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty()) return nullptr;
    bool whole = false, number = false;
    const qlonglong integer = text.toLongLong(&whole);
    const double real = text.toDouble(&number);
    if (whole) return integer;
    if (number) return real;
    // Text that is no number goes into the document as it is; validation reports it beside the field.
    return text.toStdString();
}

void NumberField::setValue(const Json& value) {
    m_several = false;
    m_edit->setPlaceholderText(plain(spec().defaultValue));
    if (!m_edit->hasFocus() || typed() != value) showText(m_edit, plain(value));
}

bool NumberField::showSeveral() {
    m_several = true;
    m_edit->setPlaceholderText(severalValues());
    showText(m_edit, {});
    return true;
}

void NumberField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
}

namespace {

struct DurationUnit {
    const char* suffix;
    Millis millis;
};
constexpr std::array<DurationUnit, 5> kUnits{
    {{"ms", 1}, {"s", 1000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}}};

/// The greatest unit that gives a whole number.
std::size_t unitFor(Millis millis) {
    for (std::size_t i = kUnits.size(); i-- > 0;) {
        if (millis % kUnits[i].millis == 0) return millis == 0 ? 1 : i;
    }
    return 0;
}

}  // namespace

DurationField::DurationField(const ParamSpec& spec)
    : ParamField(spec), m_edit(new QLineEdit), m_unit(new QComboBox) {
    auto* layout = row(this);
    layout->addWidget(m_edit, 1);
    layout->addWidget(m_unit);
    m_edit->setMinimumWidth(Theme::of(this).scaled(kLeastNumber));
    m_edit->setProperty("mono", true);
    m_edit->setAlignment(Qt::AlignRight);
    m_unit->addItems({tr("milliseconds"), tr("seconds"), tr("minutes"), tr("hours"), tr("days")});
    m_unit->setCurrentIndex(1);
    setFocusProxy(m_edit);
    whenTyped(m_edit, m_whileWhole, [this] { notifyEdited(); });
    connect(m_unit, &QComboBox::activated, this, &DurationField::notifyEdited);
    connect(m_edit, &QLineEdit::textEdited, this, [this] { m_unit->show(); });
}

void DurationField::notifyEdited() {
    const QString text = m_edit->text().trimmed();
    if (text.isEmpty() && m_several) return;
    if (text.isEmpty()) return Q_EMIT edited(nullptr);
    bool whole = false;
    (void)text.toLongLong(&whole);
    // A unit may be typed with the number.
    const QString suffix =
        whole ? QLatin1String(kUnits[static_cast<std::size_t>(m_unit->currentIndex())].suffix) : QString();
    Q_EMIT edited((text + suffix).toStdString());
}

// The amounts may have several units, too: one is chosen for the amount that is typed.
bool DurationField::showSeveral() {
    m_several = true;
    m_edit->setPlaceholderText(severalValues());
    m_unit->setHidden(!isTyping(m_edit));
    showText(m_edit, {});
    return true;
}

void DurationField::setValue(const Json& value) {
    if (std::exchange(m_several, false)) m_unit->show();
    if (isTyping(m_edit)) return;
    m_edit->setPlaceholderText({});
    const auto parsed = [](const Json& json) -> std::optional<Millis> {
        if (!json.is_string()) return std::nullopt;
        const Result<Millis> millis = parseDuration(json.get<std::string>());
        return millis.ok() ? std::optional(*millis) : std::nullopt;
    };
    if (const auto fallback = parsed(spec().defaultValue)) {
        m_edit->setPlaceholderText(QString::number(*fallback / kUnits[unitFor(*fallback)].millis));
        if (value.is_null()) m_unit->setCurrentIndex(static_cast<int>(unitFor(*fallback)));
    }
    const std::optional<Millis> millis = parsed(value);
    if (!millis) {
        if (!m_edit->hasFocus()) showText(m_edit, plain(value));
        return;
    }
    const Millis shownUnit = kUnits[static_cast<std::size_t>(m_unit->currentIndex())].millis;
    bool whole = false;
    const qlonglong typed = m_edit->text().trimmed().toLongLong(&whole);
    if (whole && typed * shownUnit == *millis) return;  // already shown, in the unit that the person chose
    const std::size_t unit = unitFor(*millis);
    m_unit->setCurrentIndex(static_cast<int>(unit));
    showText(m_edit, QString::number(*millis / kUnits[unit].millis));
}

void DurationField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
}

void DurationField::setUnused(bool unused) {
    ParamField::setUnused(unused);
    // The reason takes its place, or the words that there are several.
    m_unit->setHidden(unused || (m_several && !isTyping(m_edit)));
    if (unused) {
        setFieldState(*m_edit, "unused");
    } else if (m_edit->property("state").toString() == QLatin1String("unused")) {
        setFieldState(*m_edit, "");
    }
}

ChoiceField::ChoiceField(const ParamSpec& spec) : ParamField(spec) {
    const bool few = spec.choices.size() <= kMostSegments && !spec.advanced && !spec.section.empty();
    QStringList words;
    for (const Choice& choice : spec.choices) words << translated(choice.label);
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(metrics::kStep);
    if (few) {
        layout->addWidget(m_segments = new SegmentedControl);
        layout->addWidget(m_several = new QLabel(severalValues()));
        m_several->setProperty("role", "caption");
        m_several->hide();
        m_segments->setSegments(words, spec.choices.size() < kMostSegments);  // many: as wide as their words
        setFocusProxy(m_segments);
        connect(m_segments, &SegmentedControl::chosen, this, [this](int index) {
            Q_EMIT edited(this->spec().choices[static_cast<std::size_t>(index)].value);
        });
    } else {
        layout->addWidget(m_list = new QComboBox);
        m_list->addItems(words);
        m_list->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        m_list->setMinimumContentsLength(kLeastLetters);
        setFocusProxy(m_list);
        connect(m_list, &QComboBox::activated, this, [this](int index) {
            Q_EMIT edited(this->spec().choices[static_cast<std::size_t>(index)].value);
        });
    }
}

void ChoiceField::setValue(const Json& value) {
    const Json& shown = value.is_null() ? spec().defaultValue : value;
    int index = -1;
    for (std::size_t i = 0; i < spec().choices.size(); ++i) {
        if (shown == spec().choices[i].value) index = static_cast<int>(i);
    }
    if (m_segments && index >= 0) m_segments->setCurrentIndex(index);
    if (m_several) m_several->hide();
    if (m_list) m_list->setCurrentIndex(index);
}

bool ChoiceField::showSeveral() {
    if (m_segments) m_segments->setCurrentIndex(-1);
    if (m_several) m_several->show();
    if (m_list) m_list->setPlaceholderText(severalValues());
    if (m_list) m_list->setCurrentIndex(-1);
    return true;
}

void ChoiceField::setIssues(const std::vector<Issue>& issues) {
    if (m_list) setFieldState(*m_list, stateOf(issues));
}

TextField::TextField(const ParamSpec& spec) : ParamField(spec), m_edit(new QLineEdit) {
    row(this)->addWidget(m_edit);
    setFocusProxy(m_edit);
    whenTyped(m_edit, m_whileWhole, [this] {
        // An empty text, and blanks, are values where the default is not empty (no quoting), else they
        // stand for the default.
        const bool meant =
            this->spec().defaultValue.is_string() && !this->spec().defaultValue.get<std::string>().empty();
        if (m_edit->text().isEmpty() && m_several) return;
        if (m_edit->text().trimmed().isEmpty() && !meant) return Q_EMIT edited(nullptr);
        Q_EMIT edited(m_edit->text().toStdString());
    });
}

bool TextField::showSeveral() {
    m_several = true;
    m_edit->setPlaceholderText(severalValues());
    showText(m_edit, {});
    return true;
}

void TextField::setValue(const Json& value) {
    m_several = false;
    m_edit->setPlaceholderText(plain(spec().defaultValue));
    showText(m_edit, plain(value.is_null() ? spec().defaultValue : value));
}

void TextField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
}

PathField::PathField(const ParamSpec& spec) : ParamField(spec), m_edit(new QLineEdit) {
    auto* layout = row(this);
    auto* button = new IconButton(QStringLiteral("folder-open"), tr("Choose a file"));
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    layout->setSpacing(metrics::kStep);
    setFocusProxy(m_edit);
    connect(button, &QToolButton::clicked, this, &PathField::prompt);
    whenTyped(m_edit, m_whileWhole, [this] {
        if (m_edit->text().trimmed().isEmpty() && m_several) return;
        if (m_edit->text().trimmed().isEmpty()) return Q_EMIT edited(nullptr);
        Q_EMIT edited(m_edit->text().toStdString());
    });
}

void PathField::prompt() {
    const QString folder = QString::fromStdString(m_folder);
    QString chosen = spec().kind == ParamKind::OutputPath
                         ? QFileDialog::getSaveFileName(this, tr("Choose the file to write"), folder, {},
                                                        nullptr, QFileDialog::DontConfirmOverwrite)
                         : QFileDialog::getOpenFileName(this, tr("Choose the file to read"), folder);
    if (chosen.isEmpty()) return;
    const QString relative = QDir(folder).relativeFilePath(chosen);
    if (!folder.isEmpty() && !relative.startsWith(QLatin1String(".."))) chosen = relative;
    m_edit->setText(chosen);
    Q_EMIT edited(chosen.toStdString());
}

bool PathField::showSeveral() {
    m_several = true;
    m_edit->setPlaceholderText(severalValues());
    showText(m_edit, {});
    return true;
}

void PathField::setValue(const Json& value) {
    m_several = false;
    m_edit->setPlaceholderText({});
    showText(m_edit, plain(value));
}

void PathField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
}

ExpressionField::ExpressionField(const ParamSpec& spec)
    : ParamField(spec), m_edit(new ExpressionEdit(ExpressionEdit::Lines::Several)) {
    auto* layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_edit);
    setFocusProxy(m_edit);
    connect(m_edit, &ExpressionEdit::edited, this, [this](const QString& text) {
        if (text.trimmed().isEmpty() && m_several) return;
        if (text.trimmed().isEmpty()) return Q_EMIT edited(nullptr);
        Q_EMIT edited(text.toStdString());
    });
}

bool ExpressionField::showSeveral() {
    m_several = true;
    m_edit->setPlaceholderText(severalValues());
    m_edit->setCode({});
    return true;
}

void ExpressionField::setValue(const Json& value) {
    m_several = false;
    m_edit->setPlaceholderText({});
    m_edit->setCode(value.is_string() ? QString::fromStdString(value.get<std::string>()) : QString());
}

void ExpressionField::setContext(const FieldContext& context) {
    if (spec().kind == ParamKind::JoinCondition) return m_edit->setSides(context.sides);
    m_edit->setSchema(context.columns, false);
}

void ExpressionField::setIssues(const std::vector<Issue>& issues) {
    setFieldState(*m_edit, stateOf(issues));
    m_edit->setErrorRanges(errorRangesIn(m_edit->toPlainText(), issues));
}

}  // namespace rw::ui
