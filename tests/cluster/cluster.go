// A cluster of three dqlite nodes on the loopback interface, whose leader is killed in the middle of a stream of
// inserts that mlmetrics scores.
//
//	cluster run PRELOAD SHELL LIBRARY FLIGHTS DIR   runs the test; each node is a process of its own, with PRELOAD
//	                                                in LD_PRELOAD; SHELL and LIBRARY compute what is compared with
//	cluster node DIR ADDRESS [PEER]                 one node; it ends when its standard input does
package main

import (
	"bytes"
	"context"
	"database/sql"
	"encoding/csv"
	"fmt"
	"io"
	"math"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"sync/atomic"
	"time"

	"github.com/canonical/go-dqlite/app"
	"github.com/canonical/go-dqlite/client"
	"github.com/canonical/go-dqlite/driver"
)

const (
	rows     = 2000
	batch    = 5 // rows of one insert
	database = "predictions"
	patience = 60 * time.Second // for an election, a transfer, a row that is tried again
)

func main() {
	var err error
	if len(os.Args) >= 4 && os.Args[1] == "node" {
		err = serve(os.Args[2], os.Args[3], os.Args[4:])
	} else if len(os.Args) == 7 && os.Args[1] == "run" {
		err = run(os.Args[2], os.Args[3], os.Args[4], os.Args[5], os.Args[6])
	} else {
		err = fmt.Errorf("usage: cluster run PRELOAD SHELL LIBRARY FLIGHTS DIR, or cluster node DIR ADDRESS [PEER]")
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}

// One node of the cluster. A parent that is killed closes the pipe too, so that no node is left behind.
func serve(dir, address string, peers []string) error {
	go func() {
		io.Copy(io.Discard, os.Stdin)
		os.Exit(0)
	}()
	// The default of 30 seconds is how long a node that comes back waits until it votes again.
	options := []app.Option{app.WithAddress(address), app.WithRolesAdjustmentFrequency(time.Second),
		app.WithLogFunc(func(client.LogLevel, string, ...interface{}) {})}
	if len(peers) > 0 {
		options = append(options, app.WithCluster(peers))
	}
	node, err := app.New(dir, options...)
	if err != nil {
		return err
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	if err := node.Ready(ctx); err != nil {
		return err
	}
	fmt.Println("ready", node.ID())
	select {}
}

// A process of a node, seen from the test.
type node struct {
	id           uint64
	dir, address string
	peers        []string
	process      *exec.Cmd
	input        io.Closer
}

func (n *node) start(preload string) error {
	n.process = exec.Command(os.Args[0], append([]string{"node", n.dir, n.address}, n.peers...)...)
	n.process.Env = append(os.Environ(), "LD_PRELOAD="+preload)
	n.process.Stderr = os.Stderr
	var err error
	if n.input, err = n.process.StdinPipe(); err != nil {
		return err
	}
	output, err := n.process.StdoutPipe()
	if err != nil {
		return err
	}
	if err := n.process.Start(); err != nil {
		return err
	}
	if _, err := fmt.Fscanf(output, "ready %d\n", &n.id); err != nil {
		return fmt.Errorf("the node at %s did not start: %v", n.address, err)
	}
	return nil
}

// Ends the process at once, as a power failure would.
func (n *node) kill() {
	n.process.Process.Kill()
	n.process.Wait()
}

// What the test counts.
var nPassed, nFailed int

func check(what string, passed bool, detail ...interface{}) {
	if passed {
		nPassed++
		return
	}
	nFailed++
	fmt.Println(append([]interface{}{"failed:", what}, detail...)...)
}

// A prediction, as the stream brings it: a logit and a label.
type prediction struct{ logit, label string }

// The first rows of the model "boosted"; the probability becomes a logit, which mlmetrics turns back.
func predictions(path string) ([]prediction, error) {
	file, err := os.Open(path)
	if err != nil {
		return nil, err
	}
	defer file.Close()
	lines, err := csv.NewReader(file).ReadAll()
	if err != nil {
		return nil, err
	}
	column := map[string]int{}
	for i, name := range lines[0] {
		column[name] = i
	}
	var found []prediction
	for _, line := range lines[1:] {
		if line[column["model"]] != "boosted" || len(found) == rows {
			continue
		}
		p, err := strconv.ParseFloat(line[column["score"]], 64)
		if err != nil {
			return nil, err
		}
		found = append(found, prediction{strconv.FormatFloat(math.Log(p/(1-p)), 'g', -1, 64), line[column["label"]]})
	}
	return found, nil
}

// Every figure of the table that is compared, bit for bit: REALs with all their digits, a saved state as hex.
const figures = `SELECT count(*), printf('%!.17g', roc_auc(score, label)), printf('%!.17g', log_loss(score, label)),
  printf('%!.17g', best_cutoff(score, label)), hex(score_set(score, label)) FROM predictions`

type cluster struct {
	nodes   []*node
	store   client.NodeStore
	db      *sql.DB
	preload string
}

func (c *cluster) leader(ctx context.Context) (*client.Client, *node, error) {
	cli, err := client.FindLeader(ctx, c.store)
	if err != nil {
		return nil, nil, err
	}
	info, err := cli.Leader(ctx)
	if err == nil && info != nil {
		for _, n := range c.nodes {
			if n.id == info.ID {
				return cli, n, nil
			}
		}
	}
	cli.Close()
	return nil, nil, fmt.Errorf("no leader: %v", err)
}

// Makes a node the leader, which raft allows once it has every row.
func (c *cluster) lead(wanted *node) error {
	var failed error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		cli, now, err := c.leader(ctx)
		if err == nil && now != wanted {
			err = cli.Transfer(ctx, wanted.id)
		}
		if cli != nil {
			cli.Close()
		}
		cancel()
		if err == nil && now == wanted {
			return nil
		}
		failed = err
	}
	return fmt.Errorf("node %s does not become the leader: %v", wanted.address, failed)
}

// One row of text columns, asked of the leader.
func (c *cluster) row(query string) (string, error) {
	var failed error
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(100 * time.Millisecond) {
		got, err := c.rowOnce(query)
		if err == nil {
			return got, nil
		}
		failed = err
	}
	return "", failed
}

func (c *cluster) rowOnce(query string) (string, error) {
	found, err := c.db.Query(query)
	if err != nil {
		return "", err
	}
	defer found.Close()
	names, err := found.Columns()
	if err != nil {
		return "", err
	}
	if !found.Next() {
		return "", fmt.Errorf("no row: %v", found.Err())
	}
	values, at := make([]interface{}, len(names)), make([]interface{}, len(names))
	for i := range values {
		at[i] = &values[i]
	}
	if err := found.Scan(at...); err != nil {
		return "", err
	}
	texts := make([]string, len(values))
	for i, value := range values {
		if bytes, ok := value.([]byte); ok {
			value = string(bytes)
		}
		texts[i] = fmt.Sprint(value)
	}
	return strings.Join(texts, "|"), nil
}

// Tries a statement until a leader acknowledges it. It must be one that may run twice: an answer can be lost.
func (c *cluster) do(statement string, arguments ...interface{}) (tries int, err error) {
	for end := time.Now().Add(patience); time.Now().Before(end); time.Sleep(20 * time.Millisecond) {
		tries++
		ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
		_, err = c.db.ExecContext(ctx, statement, arguments...)
		cancel()
		if err == nil {
			return tries, nil
		}
	}
	return tries, err
}

func freeAddress() (string, error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return "", err
	}
	defer listener.Close()
	return listener.Addr().String(), nil
}

func (c *cluster) start(dir string) error {
	store := client.NewInmemNodeStore()
	c.store = store
	var infos []client.NodeInfo
	for i := 0; i < 3; i++ {
		address, err := freeAddress()
		if err != nil {
			return err
		}
		n := &node{dir: filepath.Join(dir, strconv.Itoa(i)), address: address}
		if i > 0 {
			n.peers = []string{c.nodes[0].address}
		}
		if err := os.MkdirAll(n.dir, 0o700); err != nil {
			return err
		}
		c.nodes = append(c.nodes, n)
		if err := n.start(c.preload); err != nil {
			return err
		}
		infos = append(infos, client.NodeInfo{ID: n.id, Address: address})
	}
	if err := store.Set(context.Background(), infos); err != nil {
		return err
	}
	dqlite, err := driver.New(store, driver.WithLogFunc(func(client.LogLevel, string, ...interface{}) {}))
	if err != nil {
		return err
	}
	sql.Register("dqlite", dqlite)
	c.db, err = sql.Open("dqlite", database)
	return err
}

func (c *cluster) stop() {
	for _, n := range c.nodes {
		if n.process != nil && n.process.Process != nil {
			n.kill()
		}
	}
}

// The stream. Half-way through, the leader is killed while the inserts go on. Returns the ids that were acknowledged,
// the node that was killed, and how many inserts had to be tried again.
func (c *cluster) stream(stream []prediction) (acknowledged []int, killed *node, again int, err error) {
	var written int64
	done := make(chan *node, 1)
	go func() {
		for atomic.LoadInt64(&written) < int64(len(stream)/2) {
			time.Sleep(time.Millisecond)
		}
		ctx, cancel := context.WithTimeout(context.Background(), patience)
		defer cancel()
		cli, n, err := c.leader(ctx)
		if err == nil {
			cli.Close()
			n.kill()
		}
		done <- n
	}()
	for first := 0; first < len(stream); first += batch {
		var values []string
		var arguments []interface{}
		for id := first; id < first+batch && id < len(stream); id++ {
			values = append(values, "(?, sigmoid(CAST(? AS REAL)), CAST(? AS INTEGER))")
			arguments = append(arguments, id, stream[id].logit, stream[id].label)
		}
		tries, err := c.do("INSERT OR IGNORE INTO predictions(id, score, label) VALUES "+strings.Join(values, ", "), arguments...)
		if err != nil {
			return acknowledged, nil, again, err
		}
		if tries > 1 {
			again++
		}
		for id := first; id < first+len(values); id++ {
			acknowledged = append(acknowledged, id)
		}
		atomic.StoreInt64(&written, int64(len(acknowledged)))
	}
	return acknowledged, <-done, again, nil
}

// What the shell says of the same rows, on a machine of its own.
func shell(path, library, script string) (string, error) {
	command := exec.Command(path, "-batch", "-bail", ":memory:")
	command.Stdin = strings.NewReader(".load " + library + "\n" + script)
	var errors bytes.Buffer
	command.Stderr = &errors
	output, err := command.Output()
	if err != nil {
		return "", fmt.Errorf("%v: %s", err, errors.String())
	}
	return strings.TrimSuffix(string(output), "\n"), nil
}

func script(stream []prediction) string {
	var text strings.Builder
	text.WriteString("CREATE TABLE predictions(id INTEGER PRIMARY KEY, score REAL, label INTEGER);\nBEGIN;\n")
	for id, p := range stream {
		fmt.Fprintf(&text, "INSERT INTO predictions VALUES (%d, sigmoid(%s), %s);\n", id, p.logit, p.label)
	}
	return text.String() + "COMMIT;\n" + figures + ";\n"
}

func run(preload, sqlite3, library, flights, dir string) error {
	stream, err := predictions(flights)
	if err != nil {
		return err
	}
	wanted, err := shell(sqlite3, library, script(stream))
	if err != nil {
		return err
	}
	c := &cluster{preload: preload}
	defer c.stop()
	if err := c.start(dir); err != nil {
		return err
	}
	if _, err := c.do("CREATE TABLE IF NOT EXISTS predictions(id INTEGER PRIMARY KEY, score REAL, label INTEGER)"); err != nil {
		return err
	}
	for _, n := range c.nodes {
		if err := c.lead(n); err != nil {
			return err
		}
		version, err := c.row("SELECT mlmetrics_version()")
		check("mlmetrics is registered on the node "+n.address, err == nil && version != "", version, err)
	}

	began := time.Now()
	acknowledged, killed, again, err := c.stream(stream)
	if err != nil {
		return err
	}
	fmt.Printf("%d inserts of %d rows in %.1f s; the leader was killed at half of them, and %d had to be tried again\n", (len(acknowledged)+batch-1)/batch, batch,
		time.Since(began).Seconds(), again)
	check("the leader was killed", killed != nil)
	if killed == nil {
		return fmt.Errorf("there was no leader to kill")
	}
	ctx, cancel := context.WithTimeout(context.Background(), patience)
	defer cancel()
	cli, now, err := c.leader(ctx)
	if err != nil {
		return err
	}
	cli.Close()
	check("another node leads", now != killed)
	c.acknowledgedRows(acknowledged)

	if err := killed.start(preload); err != nil {
		return err
	}
	return c.compare(wanted)
}

func (c *cluster) acknowledgedRows(acknowledged []int) {
	found, err := c.db.Query("SELECT id FROM predictions")
	if err != nil {
		check("the rows can be read", false, err)
		return
	}
	defer found.Close()
	stored := map[int]bool{}
	for found.Next() {
		var id int
		if err := found.Scan(&id); err != nil {
			check("the rows can be read", false, err)
			return
		}
		stored[id] = true
	}
	lost := 0
	for _, id := range acknowledged {
		if !stored[id] {
			lost++
		}
	}
	check("no acknowledged row is lost", found.Err() == nil && lost == 0, lost, found.Err())
	check("no row is there that was not sent", len(stored) == len(acknowledged), len(stored))
}

// Each node in turn leads, also the one that was killed, and answers from its own copy.
func (c *cluster) compare(wanted string) error {
	if _, err := c.do("CREATE TABLE IF NOT EXISTS report AS SELECT count(*) AS n, roc_auc(score, label) AS auc FROM predictions"); err != nil {
		return err
	}
	if _, err := c.do("CREATE TABLE IF NOT EXISTS parts AS SELECT id % 24 AS hour, score_set(score, label) AS scores FROM predictions GROUP BY 1"); err != nil {
		return err
	}
	parts := strings.Split(wanted, "|")
	for _, n := range c.nodes {
		if err := c.lead(n); err != nil {
			return err
		}
		got, err := c.row(figures)
		check("the bits of the node "+n.address, err == nil && got == wanted, got, err)
		got, err = c.row("SELECT n || '|' || printf('%!.17g', auc) FROM report")
		check("the stored figures of the node "+n.address, err == nil && got == parts[0]+"|"+parts[1], got, err)
		got, err = c.row("SELECT printf('%!.17g', roc_auc(scores)), hex(score_set(scores)) FROM parts")
		check("the merged states of the node "+n.address, err == nil && got == parts[1]+"|"+parts[4], got, err)
	}
	fmt.Printf("%d passed, %d failed\n", nPassed, nFailed)
	if nFailed > 0 {
		os.Stdout.Sync()
		return fmt.Errorf("the cluster differs")
	}
	return nil
}
