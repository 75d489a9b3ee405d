import { chromium } from 'playwright-core'
import { readFileSync } from 'node:fs'
const link=/http\S+link=\S+/.exec(readFileSync('/tmp/clockdemo/log','utf8'))[0]
const b=await chromium.launch({executablePath:'/usr/bin/chromium',args:['--no-sandbox','--disable-gpu']})
const c=await b.newContext({viewport:{width:1280,height:800}})
await c.addInitScript(()=>{window.long=[];new PerformanceObserver(l=>{for(const e of l.getEntries())window.long.push([Math.round(e.startTime),Math.round(e.duration)])}).observe({entryTypes:['longtask']});
window.frames=0;const f=()=>{window.frames++;requestAnimationFrame(f)};requestAnimationFrame(f)})
const p=await c.newPage()
p.on('console',m=>{if(m.type()==='error'||m.type()==='warning')console.log('console',m.text().slice(0,300))});p.on('pageerror',e=>console.log('pageerror',e.message.slice(0,300)))
await p.goto(link); await p.getByText('60 live of 60').waitFor({timeout:60000})
await p.keyboard.press('Escape')
await p.waitForTimeout(1500)
await p.locator('[role=application]').focus()
await p.keyboard.press('h'); await p.getByRole('region',{name:'Time'}).waitFor()
await p.waitForTimeout(1500)
await p.screenshot({path:'/tmp/clockdemo/1-open.png'})
await p.getByLabel('Length of the bar').selectOption('24h'); await p.waitForTimeout(1000)
const slider=p.getByRole('slider',{name:'Moment'})
const at=Date.now()-20*3600e3
await p.evaluate(()=>{window.long.length=0})
const ms=await p.evaluate(async(at)=>{
  const el=document.querySelector('input.time-range'); const t0=performance.now()
  el.value=String(at); el.dispatchEvent(new Event('input',{bubbles:true}))
  while(true){ await new Promise(r=>requestAnimationFrame(r)); const badge=document.querySelector('[aria-label="Not live"]'); if(badge && !/loading/.test(badge.textContent)) { await new Promise(r=>requestAnimationFrame(r)); return performance.now()-t0 } if(performance.now()-t0>10000) return -1 }
},at)
console.log('start ms',Math.round(ms))
await p.waitForTimeout(1500)
console.log('long after start',JSON.stringify(await p.evaluate(()=>window.long)))
await p.screenshot({path:'/tmp/clockdemo/2-past.png'})
for (const s of ['60','600']) {
  await p.getByLabel('Speed').selectOption(s)
  await p.evaluate(()=>{window.long.length=0;window.frames=0})
  await p.getByRole('button',{name:'Play',exact:true}).click()
  await p.waitForTimeout(10000)
  console.log(s+'x', JSON.stringify(await p.evaluate(()=>({long:window.long,fps:window.frames/10,text:document.querySelector('[aria-label="Not live"]')?.textContent}))))
  await p.getByRole('button',{name:'Pause',exact:true}).click()
}
await p.screenshot({path:'/tmp/clockdemo/3-played.png'})
await p.getByRole('button',{name:'Event before'}).click(); await p.waitForTimeout(1500)
console.log('url',p.url())
await p.screenshot({path:'/tmp/clockdemo/4-event.png'})
await p.reload(); await p.getByText('Back to live').waitFor(); await p.waitForTimeout(2500)
await p.screenshot({path:'/tmp/clockdemo/5-reload.png'})
await p.getByText('Back to live').click(); await p.waitForTimeout(800)
console.log('url',p.url())
await p.screenshot({path:'/tmp/clockdemo/6-live.png'})
await b.close()
