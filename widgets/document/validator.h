// Types and checks a pipeline on a thread of its own: looking for input files may take long. A path that does
// not answer is said to be that, where it is used; the pipeline is checked without its files meanwhile, and
// once more when the path answers.
#pragma once
#include <QObject>
#include <QTimer>
#include <memory>
#include <set>
#include <string>

#include "core/pipeline/validate.h"
#include "widgets/background/worker.h"
#include "widgets/document/last_summaries.h"

namespace rw::ui {

class Validator : public QObject {
    Q_OBJECT
 public:
    static constexpr int kPatience = 2'000;    ///< milliseconds after which it is asked which paths answer
    static constexpr int kAnswerMillis = 500;  ///< one that has not answered by then does not
    static constexpr int kMostAsked = 64;      ///< paths at a time, each on a thread
    static constexpr int kRounds = 5;          ///< all answer, and it still takes long

    explicit Validator(std::shared_ptr<const Catalogue> catalogue, QObject* parent = nullptr);
    ~Validator() override;

    /// Asks for this version. While one is under way only the newest question is kept.
    void request(quint64 version, Pipeline pipeline, ValidateOptions options);
    /// Another document has come: its files are looked at although those of the one before hold a thread up.
    void forgetHeld();

 Q_SIGNALS:
    /// `summaries`: the last true ones of nodes that could not be typed.
    void done(quint64 version, const std::shared_ptr<const rw::Validated>& result,
              const rw::ui::LastSummaries::Summaries& summaries);

 private:
    struct Question {
        quint64 version = 0;
        Pipeline pipeline;
        ValidateOptions options;
    };
    using QuestionRef = std::shared_ptr<const Question>;
    /// The summaries of cards, learnt from one answer after the other.
    struct Memory;
    void start(QuestionRef question);
    void finish(quint64 number, const std::shared_ptr<const Validated>& result,
                const LastSummaries::Summaries& summaries);
    void probePaths();
    void answered(const std::string& path);
    void passBy();

    const std::shared_ptr<const Catalogue> m_catalogue;
    const std::shared_ptr<Memory> m_memory;
    Worker m_worker;
    quint64 m_number = 0;               ///< of the newest that was started
    QuestionRef m_current{}, m_next{};  ///< null: none
    bool m_busy = false;                ///< with m_current
    std::set<std::string> m_asked{};    ///< paths that have not answered yet
    std::set<std::string> m_silent{};   ///< those of them that do not
    std::size_t m_from = 0;             ///< the first path to be asked next
    int m_rounds = 0;
    quint64 m_held = 0;  ///< number of one that takes long and was passed by; 0: none
    QuestionRef m_heldQuestion{};
    QTimer m_patience, m_answers;
};

}  // namespace rw::ui
