#include "widgets/inspector/subjects/subject_dialog.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QKeyEvent>
#include <QPushButton>
#include <QSignalBlocker>
#include <QStackedWidget>
#include <QTableView>
#include <QVBoxLayout>
#include <algorithm>
#include <utility>

#include "core/pipeline/checks/connection_check.h"
#include "widgets/document/translated.h"
#include "widgets/inspector/subjects/subject_model.h"
#include "widgets/inspector/subjects/subject_preview.h"
#include "widgets/theme/empty_state.h"
#include "widgets/theme/hint_box.h"
#include "widgets/theme/search_field.h"
#include "widgets/theme/shown_text.h"
#include "widgets/theme/styled_table.h"
#include "widgets/theme/theme.h"

namespace rw::ui {

namespace {

constexpr int kListAlone = 480, kListWidth = 400, kPreviewWidth = 420, kDialogHeight = 460;
constexpr int kLookAfter = 250;  // ms
constexpr int kPageOfRows = 10, kMeasuredRows = 100;
constexpr char kRegistryParam[] = "registry";

QString wordsOfName(const std::string& name) {
    return shownText(QString::fromStdString(name));
}

std::string textOf(const Json& params, const std::string& name) {
    const auto found = params.find(name);
    return found != params.end() && found->is_string() ? found->get<std::string>() : std::string();
}

bool hasColumns(const Json& params) {
    const auto found = params.find("columns");
    return found != params.end() && !found->empty();
}

}  // namespace

SubjectDialog::SubjectDialog(SubjectQuestion question, QWidget* parent)
    : QDialog(parent),
      m_question(std::move(question)),
      m_before(textOf(m_question.params, m_question.param.name)),
      m_browsing(new SubjectBrowsing(m_question.connection, m_question.browsers, this)),
      m_search(new SearchField(tr("Search"), {})),
      m_model(new SubjectModel(this)),
      m_table(new QTableView),
      m_empty(new EmptyState),
      m_list(new QStackedWidget),
      m_hint(new HintBox),
      m_preview(new SubjectPreview),
      m_choose(new QPushButton(tr("Choose"))),
      m_cancel(new QPushButton(tr("Cancel"))) {
    const bool proposes = m_question.kind.propose != nullptr;
    setWindowTitle(tr("%1 of “%2”")
                       .arg(translated(m_question.param.label),
                            titleBarText(wordsOfName(m_question.connection.connection().name))));
    auto* column = new QVBoxLayout(this);
    column->setContentsMargins(metrics::kDialogPadding, metrics::kDialogHeadroom, metrics::kDialogPadding,
                               metrics::kDialogHeadroom);
    column->setSpacing(metrics::kListPadding);
    auto* sides = new QHBoxLayout;
    sides->setSpacing(metrics::kPanelPadding);
    sides->addWidget(buildList(), 1);
    sides->addWidget(m_preview, 1);
    column->addLayout(sides, 1);
    column->addWidget(buildFoot());
    m_choose->setDefault(true);  // Enter in the search field, too; in a dialog alone it stays the default
    m_preview->setVisible(proposes);
    m_preview->setRegistries(registries(), QString::fromStdString(textOf(m_question.params, kRegistryParam)));
    // What was written by hand stays, unless a person says otherwise.
    m_preview->setTaking(!hasColumns(m_question.params));
    m_soon.setSingleShot(true);
    m_soon.setInterval(kLookAfter);
    connect(&m_soon, &QTimer::timeout, this, &SubjectDialog::lookAgain);
    connect(m_preview, &SubjectPreview::registryChosen, this, &SubjectDialog::lookAgain);
    connect(m_preview, &SubjectPreview::againRequested, this, &SubjectDialog::lookAgain);
    connect(m_browsing, &SubjectBrowsing::listed, this, &SubjectDialog::takeList);
    connect(m_browsing, &SubjectBrowsing::notListed, this, [this](const Error& error) {
        m_failed = true;
        m_hint->set(HintBox::Kind::Error, translated(error.message), translated(error.fix),
                    {tr("Try again")});
        showState();
    });
    connect(m_browsing, &SubjectBrowsing::proposed, this, [this](const SubjectProposal& proposal) {
        m_preview->showProposal(QString::fromStdString(m_chosen), proposal);
    });
    connect(m_browsing, &SubjectBrowsing::notProposed, this,
            [this](const Error& error) { m_preview->showError(QString::fromStdString(m_chosen), error); });
    const Theme& theme = Theme::of(this);
    setMinimumSize(theme.scaled(kListWidth), theme.scaled(kDialogHeight) / 2);
    resize(theme.scaled(proposes ? kListWidth + kPreviewWidth + 2 * metrics::kDialogPadding : kListAlone),
           theme.scaled(kDialogHeight));
    m_search->setFocus();
    ask();
}

QWidget* SubjectDialog::buildList() {
    auto* part = new QWidget;
    auto* column = new QVBoxLayout(part);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::kGrid);
    m_search->setObjectName(QStringLiteral("search_subjects"));
    m_search->installEventFilter(this);
    m_table->setObjectName(QStringLiteral("subjects"));
    m_table->setAccessibleName(translated(m_question.param.label));
    m_table->setModel(m_model);
    m_table->setSelectionMode(QAbstractItemView::SingleSelection);
    m_table->setTextElideMode(Qt::ElideMiddle);
    applyTableStyle(*m_table);
    QHeaderView& head = *m_table->horizontalHeader();
    head.setStretchLastSection(false);
    head.setResizeContentsPrecision(kMeasuredRows);
    head.setSectionResizeMode(QHeaderView::ResizeToContents);
    head.setSectionResizeMode(SubjectModel::kName, QHeaderView::Stretch);
    m_list->addWidget(m_table);
    m_list->addWidget(m_empty);
    m_hint->setObjectName(QStringLiteral("subjects_hint"));
    column->addWidget(m_search);
    column->addWidget(m_hint);
    column->addWidget(m_list, 1);
    connect(m_search, &QLineEdit::textChanged, this, [this](const QString& typed) {
        m_model->setFilter(typed.trimmed());
        const int row = m_model->rowOf(m_chosen);
        m_table->setCurrentIndex(m_model->index(std::max(row, 0), SubjectModel::kName));
        chooseRow();  // also where none is left
        showState();
    });
    connect(m_search, &SearchField::left, this, &QDialog::reject);
    connect(m_hint, &HintBox::actionTriggered, this, &SubjectDialog::ask);
    connect(m_empty, &EmptyState::actionTriggered, this, &SubjectDialog::ask);
    connect(m_table->selectionModel(), &QItemSelectionModel::currentChanged, this, &SubjectDialog::chooseRow);
    connect(m_table, &QTableView::doubleClicked, this, [this] {
        if (m_choose->isEnabled()) accept();
    });
    return part;
}

QWidget* SubjectDialog::buildFoot() {
    auto* part = new QWidget;
    auto* foot = new QHBoxLayout(part);
    foot->setContentsMargins(0, 0, 0, 0);
    foot->setSpacing(metrics::kGrid);
    m_choose->setObjectName(QStringLiteral("choose_subject"));
    m_choose->setProperty("role", "primary");
    m_choose->setEnabled(false);
    m_cancel->setObjectName(QStringLiteral("leave_subjects"));
    m_cancel->setAutoDefault(false);
    foot->addStretch(1);
    foot->addWidget(m_cancel);
    foot->addWidget(m_choose);
    connect(m_choose, &QPushButton::clicked, this, &QDialog::accept);
    connect(m_cancel, &QPushButton::clicked, this, &QDialog::reject);
    return part;
}

/// The connections that the parameter for a registry takes.
QStringList SubjectDialog::registries() const {
    QStringList names;
    const ParamSpec* const spec = m_question.kind.param(kRegistryParam);
    if (spec == nullptr || spec->kind != ParamKind::Connection || !m_question.all) return names;
    const KnownConnections known = m_question.all->known();
    for (const KnownConnection& each : known->connections) {
        if (connectionFits(*spec, each.kind)) names << QString::fromStdString(each.name);
    }
    return names;
}

void SubjectDialog::ask() {
    m_failed = false;
    m_browsing->list();
    showState();
}

void SubjectDialog::takeList(const ConnectionSubjects& subjects) {
    const bool isFirst = m_model->isEmpty();
    const std::string chosen = m_chosen.empty() ? m_before : m_chosen;
    {
        const QSignalBlocker quiet(m_table->selectionModel());
        m_model->set(subjects);
    }
    for (const auto column : {SubjectModel::kParts, SubjectModel::kRows, SubjectModel::kBytes})
        m_table->setColumnHidden(column, !m_model->has(column));
    const int row = m_model->rowOf(chosen);
    if (row >= 0 && (isFirst || m_table->currentIndex().row() != row)) {
        m_table->setCurrentIndex(m_model->index(row, SubjectModel::kName));
        m_table->scrollTo(m_model->index(row, SubjectModel::kName), QAbstractItemView::PositionAtCenter);
    }
    // What was typed meanwhile chooses its first match, as it does later.
    if (row < 0 && m_model->rowCount() > 0 && !m_search->text().trimmed().isEmpty())
        m_table->setCurrentIndex(m_model->index(0, SubjectModel::kName));
    chooseRow();
    showState();
}

/// Which of the list's states is seen: rows, nothing yet, nothing there, nothing found, or an error.
void SubjectDialog::showState() {
    m_hint->setVisible(m_failed);
    const bool rows = m_model->rowCount() > 0;
    const QString name = wordsOfName(m_question.connection.connection().name);
    if (!rows && !m_model->isEmpty()) {
        m_empty->set(QStringLiteral("search"), tr("Nothing has that in its name"), {});
    } else if (!rows && m_browsing->isListing()) {
        m_empty->set(QStringLiteral("clock"), tr("Asking “%1” …").arg(name),
                     tr("Cancel closes this; the name can be typed into the field."));
    } else if (!rows && m_failed) {
        m_empty->set(QStringLiteral("network"), tr("Nothing to choose from"),
                     tr("The name can be typed into the field all the same."));
    } else if (!rows) {
        m_empty->set(QStringLiteral("table"), tr("There is nothing yet"),
                     tr("“%1” has nothing that its user may see.").arg(name), tr("Ask again"));
    }
    m_list->setCurrentWidget(rows ? static_cast<QWidget*>(m_table) : m_empty);
}

void SubjectDialog::chooseRow() {
    const ConnectionSubject* const subject = m_model->subject(m_table->currentIndex().row());
    m_choose->setEnabled(subject != nullptr);
    const std::string now = subject != nullptr ? subject->name : std::string();
    if (now == m_chosen) return;
    m_chosen = now;
    if (m_question.kind.propose == nullptr) return;
    m_browsing->leaveLook();
    if (m_chosen.empty()) {
        m_soon.stop();
        return m_preview->showNothing();
    }
    m_preview->showLooking(QString::fromStdString(m_chosen));
    m_soon.start();
}

void SubjectDialog::lookAgain() {
    if (m_chosen.empty() || m_question.kind.propose == nullptr) return;
    SubjectBrowsing::Look look;
    look.subject = m_chosen;
    look.propose = m_question.kind.propose;
    look.params = m_question.params;
    const std::string registry = m_preview->registry().toStdString();
    look.params.erase(kRegistryParam);
    if (!registry.empty() && m_question.all) {
        look.params[kRegistryParam] = registry;
        const Result<Connection> named = m_question.all->named(registry);
        if (!named.ok()) return m_preview->showError(QString::fromStdString(m_chosen), named.error());
        look.registry.emplace(*named, m_question.all);
    }
    m_preview->showLooking(QString::fromStdString(m_chosen));
    m_browsing->look(std::move(look));
}

Json SubjectDialog::values() const {
    Json values = Json::object();
    const Json proposed = m_preview->params();
    for (const auto& [name, value] : proposed.items()) {
        if (m_question.kind.param(name) == nullptr) continue;
        // A text with a variable, of which this is the value, stays.
        const auto given = m_question.params.find(name);
        if (given == m_question.params.end() || *given != value) values[name] = value;
    }
    values[m_question.param.name] = m_chosen;
    return values;
}

void SubjectDialog::step(int rows) {
    if (m_model->rowCount() == 0) return;
    const int row = std::clamp(m_table->currentIndex().row() + rows, 0, m_model->rowCount() - 1);
    m_table->setCurrentIndex(m_model->index(row, SubjectModel::kName));
}

bool SubjectDialog::eventFilter(QObject* watched, QEvent* event) {
    if (watched == m_search && event->type() == QEvent::KeyPress) {
        switch (static_cast<QKeyEvent*>(event)->key()) {
            case Qt::Key_Down:
                step(1);
                return true;
            case Qt::Key_Up:
                step(-1);
                return true;
            case Qt::Key_PageDown:
                step(kPageOfRows);
                return true;
            case Qt::Key_PageUp:
                step(-kPageOfRows);
                return true;
            default:
                break;
        }
    }
    return QDialog::eventFilter(watched, event);
}

}  // namespace rw::ui
