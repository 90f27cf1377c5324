import Engine
import Notebook

/// The files of a book to start from.
package struct BookStarter {
    let title: String

    package init(title: String) { self.title = title }

    /// By path, in the order in which they are written: what makes the folder a book comes last, so that a start that was
    /// interrupted can be made again.
    package var files: [(path: String, text: String)] {
        [
            (".gitignore", BookStarter.ignored),
            ("README.md", readme),
            (".github/workflows/book.yml", BookStarter.workflow),
            ("\(Book.notebookFolder)/\(BookConfiguration.fileName)", configuration),
            ("\(Book.notebookFolder)/01-first-steps.md", NotebookStarter(title: "First steps").text),
        ]
    }

    /// `heat-of-water` becomes `Heat of water`. A character that YAML or Markdown may take for a sign is left out.
    package static func title(forFolder name: String) -> String {
        let words = name.split { !($0.isLetter || $0.isNumber) }.joined(separator: " ")
        return words.isEmpty ? "A book" : words.prefix(1).uppercased() + words.dropFirst()
    }

    private var configuration: String {
        """
        title: "\(title)"
        abstract: This text stands below the title on the front page.

        """
    }

    private var readme: String {
        """
        # \(title)

        A book of Markdown notebooks with Swift cells, for kdbook:

            kdbook render    # runs what changed and writes the pages: Output/default/index.html
            kdbook check     # runs all afresh and compares with what is on record

        `kdbook new NAME` adds a notebook, and `kdbook watch --open` shows each change in a browser as it is saved.
        Commit `Output/*/*/record.json`: these files hold what each notebook gave, and `kdbook check` compares with them.

        `.github/workflows/book.yml` checks and publishes the book on each push to `main`. It needs two settings of the
        repository: Pages from GitHub Actions, and the variable `KDBOOK_REPOSITORY` with the address that kdbook is cloned from.

        """
    }

    private static let ignored = """
        # Pages and what is kept between runs can be made again; the records of what each notebook gave cannot.
        .kdbook/
        .kdbook-*/
        Output/**
        !Output/**/
        !Output/*/*/record.json
        # What `--set` gave.
        Output/*,*/

        """

    private static let workflow = """
        # Checks that the book gives what is on record, and publishes its pages.
        name: book
        on:
          push:
            branches: [main]
          pull_request:
        permissions:
          contents: read
        jobs:
          check:
            runs-on: ubuntu-latest
            container: swift:6.3-bookworm
            steps:
              - uses: actions/checkout@v5
              - name: Fetch kdbook
                env:
                  KDBOOK_REPOSITORY: ${{ vars.KDBOOK_REPOSITORY }}
                  KDBOOK_REVISION: ${{ vars.KDBOOK_REVISION || 'main' }}
                run: |
                  if [ -z "$KDBOOK_REPOSITORY" ]; then
                    echo "Set the variable KDBOOK_REPOSITORY of this repository to the address of kdbook's." >&2
                    exit 1
                  fi
                  git init --quiet .kdbook-source
                  cd .kdbook-source
                  git fetch --quiet --depth 1 "$KDBOOK_REPOSITORY" "$KDBOOK_REVISION"
                  git checkout --quiet --force FETCH_HEAD
              # Sets kdbook up, checks the book, shows differences at their lines, and writes the pages.
              - uses: ./.kdbook-source/.github/actions/kdbook
                with:
                  pages: public
              - uses: actions/upload-pages-artifact@v4
                with:
                  path: public
          publish:
            if: github.ref == 'refs/heads/main' && github.event_name == 'push'
            needs: check
            runs-on: ubuntu-latest
            permissions:
              pages: write
              id-token: write
            environment:
              name: github-pages
              url: ${{ steps.deployment.outputs.page_url }}
            steps:
              - id: deployment
                uses: actions/deploy-pages@v5

        """
}
