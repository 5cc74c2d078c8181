#include "widgets/document/example_drop.h"

#include <QCoreApplication>
#include <QFile>
#include <algorithm>
#include <limits>

#include "core/pipeline/json/json.h"
#include "core/pipeline/variables.h"
#include "widgets/document/editing/fragment.h"

namespace rw::ui {

namespace {

constexpr char kExampleMimeType[] = "application/x-rillwright-example";

const Variable* namedIn(const std::vector<Variable>& variables, const std::string& name) {
    const auto found = std::find_if(variables.begin(), variables.end(),
                                    [&name](const Variable& each) { return each.name == name; });
    return found != variables.end() ? &*found : nullptr;
}

/// Gives `next` the variables of the example, whose texts keep their values.
void addVariables(Pipeline& next, Pipeline& example) {
    for (const Variable& each : example.variables) {
        const Variable* there = namedIn(next.variables, each.name);
        if (there != nullptr && there->value == each.value) continue;
        std::string name = each.name;
        for (int number = 2; namedIn(next.variables, name) != nullptr ||
                             (name != each.name && namedIn(example.variables, name) != nullptr);
             ++number)
            name = each.name + "_" + std::to_string(number);
        if (name != each.name) {
            for (Node& node : example.nodes) renameVariable(node.params, each.name, name);
        }
        next.variables.push_back({name, each.value});
    }
}

Point cornerOf(const Pipeline& pipeline) {
    Point corner{std::numeric_limits<double>::max(), std::numeric_limits<double>::max()};
    const auto reach = [&corner](Point to) { corner = {std::min(corner.x, to.x), std::min(corner.y, to.y)}; };
    for (const Node& node : pipeline.nodes) reach(node.at);
    for (const Note& note : pipeline.notes) reach(note.at);
    return corner;
}

void insert(PipelineDocument& document, Pipeline example, Point at) {
    Pipeline next = document.pipeline();
    addVariables(next, example);
    const Point corner = cornerOf(example);
    const Pipeline part = fitted(example, next, {at.x - corner.x, at.y - corner.y});
    next.nodes.insert(next.nodes.end(), part.nodes.begin(), part.nodes.end());
    next.wires.insert(next.wires.end(), part.wires.begin(), part.wires.end());
    next.notes.insert(next.notes.end(), part.notes.begin(), part.notes.end());
    document.change(next, QCoreApplication::translate("document", "Insert example"));
    std::vector<ItemRef> added;
    for (const Node& node : part.nodes) added.emplace_back(node.id);
    const std::vector<NoteId>& notes = document.notes();
    for (std::size_t i = notes.size() - std::min(notes.size(), part.notes.size()); i < notes.size(); ++i)
        added.emplace_back(notes[i]);
    document.selection().set(std::move(added));
}

}  // namespace

std::unique_ptr<QMimeData> exampleMimeData(const Example& example) {
    auto data = std::make_unique<QMimeData>();
    data->setData(QLatin1String(kExampleMimeType), example.file.toUtf8());
    return data;
}

std::optional<Example> exampleFrom(const QMimeData& data) {
    if (!data.hasFormat(QLatin1String(kExampleMimeType))) return std::nullopt;
    const QString file = QString::fromUtf8(data.data(QLatin1String(kExampleMimeType)));
    for (Example& example : examples()) {
        if (example.file == file) return std::move(example);
    }
    return std::nullopt;
}

Status insertExample(PipelineDocument& document, const Example& example, Point at) {
    struct Found {
        std::string text{};
        Status status{}, data{};
    };
    const auto found = std::make_shared<Found>();
    const bool done = document.doFileWork(
        QCoreApplication::translate("document", "Opening the example"),
        [found, path = example.file, folder = document.folder()] {
            QFile file(path);
            if (file.open(QIODevice::ReadOnly)) {
                found->text = file.readAll().toStdString();
            } else {
                found->status = {ErrorCode::Io,
                                 RW_TEXT("document", "“%1” can't be read: %2.")
                                     .with(path.toStdString(), file.errorString().toStdString())};
            }
            found->data = provideData(path, folder);
        });
    if (!done) return {};
    RW_TRY(found->status);
    RW_TRY_ASSIGN(Loaded loaded, loadPipeline(found->text));
    translateExample(loaded.pipeline);
    insert(document, std::move(loaded.pipeline), at);
    return found->data;
}

}  // namespace rw::ui
